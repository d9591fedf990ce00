import { readFileSync } from 'node:fs';
import path from 'node:path';
import swc from '@swc/jest';

/** The usual transformation, but of one file another text: INVERTED_FILE is read from INVERTED_TEXT. */
export default {
  createTransformer(options) {
    const usual = swc.createTransformer(options);
    const isInverted = (file) => path.resolve(file) === process.env.INVERTED_FILE;
    const textOf = (text, file) =>
      isInverted(file) ? readFileSync(process.env.INVERTED_TEXT, 'utf8') : text;
    return {
      ...usual,
      process: (text, file, ...rest) => usual.process(textOf(text, file), file, ...rest),
      processAsync: (text, file, ...rest) => usual.processAsync(textOf(text, file), file, ...rest),
      getCacheKey: (text, file, ...rest) => usual.getCacheKey(textOf(text, file), file, ...rest),
    };
  },
};
