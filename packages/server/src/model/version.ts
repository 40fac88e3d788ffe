export { compareVersions, isAtLeast, isVersion } from '@opensag/rules'
