export { addHttp, type HttpOptions } from './add-http.js';
export { addScreens } from './add-screens.js';
export { addSecurityText } from './add-security-text.js';
