// Where Gravy keeps what it has, for a program that has to know it before anything else is loaded.
export { defaultHome } from './account/default-home.js';
