export { Forms } from './forms.js';
export { FormsModule } from './forms.module.js';
