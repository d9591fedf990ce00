export { Tag } from './tag.entity.js';
export { Tags } from './tags.js';
export { TagsModule } from './tags.module.js';
