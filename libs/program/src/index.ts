export { listen, Program, runProgram, type Stop } from './program.js';
