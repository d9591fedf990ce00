/** Boundaries between rooms. test/architecture holds one offender per rule, and checks that the rule fires. */
module.exports = {
  forbidden: [
    {
      name: 'apps-do-not-meet',
      comment: 'Apps speak over the wire only.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-never-look-up',
      comment:
        'A lib knows no app, no launcher and no federation test; its specs may use a database and a broker.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|deploy|test)/', pathNot: '^test/(database|broker)/' },
    },
    {
      name: 'libs-through-the-door',
      comment: 'A lib is entered by its index.ts, and by tests also by what its own specs are set up with.',
      severity: 'error',
      from: { pathNot: '^libs/([^/]+)/' },
      to: { path: '^libs/', pathNot: '^libs/[^/]+/src/(index|[^/]+\\.fixture)\\.ts$' },
    },
    {
      name: 'lib-to-lib-through-the-door',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'features-through-the-door',
      comment:
        'A feature of an app is entered by its index.ts; only the app puts modules, entities and migrations together.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/([^/]+)/' },
      to: { path: '^apps/$1/src/[^/]+/', pathNot: ['^apps/$1/src/$2/', '^apps/$1/src/[^/]+/index\\.ts$'] },
    },
    {
      name: 'rules-are-pure',
      comment:
        'A rule is a pure function: it imports types, other rules and reckoning with days, nothing that acts.',
      severity: 'error',
      from: { path: '/rules/[^/]+\\.rule\\.ts$' },
      to: {
        pathNot: ['/rules/[^/]+\\.ts$', '\\.types\\.ts$', '^libs/(bsn|calendar)/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'bsn-stays-home',
      comment: 'The relay and the key holders cannot even name a BSN, not by a detour either.',
      severity: 'error',
      from: { path: '^(apps/(national-relay|key-holder)|libs/(protocol|messaging|pseudonyms))/' },
      to: { path: '^libs/bsn/', reachable: true },
    },
    {
      name: 'screens-know-no-program',
      comment:
        'What runs in a browser holds nothing of a server, and no program draws screens. Both know the municipalities.',
      severity: 'error',
      from: { path: '^(apps/(portal|console)|libs/screens)/' },
      to: { path: '^(libs|deploy|test)/', pathNot: '^libs/(screens|municipalities)/' },
    },
    {
      name: 'programs-draw-no-screens',
      severity: 'error',
      from: { pathNot: '^(apps/(portal|console)|libs/screens)/' },
      to: { path: '^libs/screens/' },
    },
    { name: 'no-cycles', severity: 'error', from: { pathNot: '\\.entity\\.ts$' }, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'programs-use-runtime-dependencies',
      severity: 'error',
      // screens are bundled when they are built: in production nothing of a package is left to install
      from: {
        path: '^(apps|libs)/[^/]+/src/',
        pathNot: ['\\.spec\\.ts$', '^(apps/(portal|console)|libs/screens)/'],
      },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'programs-import-no-tests',
      comment: 'What runs in production needs neither the launcher nor what only specs use.',
      severity: 'error',
      from: { path: '^(apps|libs)/[^/]+/src/', pathNot: '\\.(spec|fixture)\\.ts$' },
      to: { path: ['^(deploy|test|apps/[^/]+/test)/', '\\.fixture\\.ts$'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|test/architecture/fixtures)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
