import { startScreens } from '#libs/screens';
import { App } from './app.js';

startScreens(<App />);
