export { addHttp, type HttpOptions } from './add-http.js';
