// What the tests of operations call things.
export const accountId = '1210123456123456'
export const otherAccountId = '1210123456654321'
export const regionId = 'cn-shanghai'
export const day = 24 * 60 * 60 * 1000
