/** Files of tests that run in one process with one set of modules: none of them changes what another one finds. */
export const shareModules = ['agent', 'console', 'protocol', 'rotation', 'rules', 'server', 'smartag-client'].map(
  (name) => `packages/${name}/src/**/*.test.ts`,
)
