/** Read by the build, by svelte-check and by editors alike. */
export default {
  compilerOptions: { runes: true },
}
