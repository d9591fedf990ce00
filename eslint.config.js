import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Time comes in through the clock, settings through config.ts: both so that tests can replace them. */
const clock = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Take the time from #libs/clock.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Take the time from #libs/clock.',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Use node:crypto.',
  },
];
/** Days are those of Amsterdam and come from #libs/calendar; SQL gets them as parameters. */
const calendar = [
  {
    selector: "Decorator > CallExpression[callee.name='Cron'][arguments.length=1]",
    message: 'Give @Cron { timeZone: AMSTERDAM }: without it a schedule goes by the zone of the machine.',
  },
  {
    selector:
      "CallExpression[callee.property.name='slice'][callee.object.callee.property.name='toISOString']",
    message: 'Take the day from dayInAmsterdam (#libs/calendar): this one is the day in Greenwich.',
  },
  ...['Literal[value=', 'TemplateElement[value.raw='].map((text) => ({
    selector: `${text}/\\bcurrent_(date|time)\\b|\\bnow\\(\\)::date|interval '[^']*(mon|year)/i]`,
    message:
      'Give SQL the day of #libs/calendar: the database knows neither the zone nor the rule for 29 February.',
  })),
];
const environment = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Settings are read in config.ts only.',
  },
];

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      'coverage/**',
      '.cache/**',
      '.state/**',
      '.screenshots/**',
      'test/architecture/fixtures/**',
      '**/*.mjs',
      '**/*.cjs',
      'eslint.config.js',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['apps/*/src/**/*.ts', 'libs/*/src/**/*.ts'],
    ignores: ['libs/clock/**', '**/config.ts', '**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', ...clock, ...calendar, ...environment] },
  },
  {
    // in a browser the time is the browser's
    files: ['apps/portal/src/**', 'apps/console/src/**', 'libs/screens/src/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
