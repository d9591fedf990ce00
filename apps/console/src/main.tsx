import { startScreens } from '#libs/screens';
import { App } from './app.js';
import './console.css';

startScreens(<App />);
