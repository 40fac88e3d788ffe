export {
  type Cidr,
  cidrAt,
  contains,
  ipv4ToNumber,
  numberToIpv4,
  overlaps,
  overlapWithin,
  parseCidr,
  parseCidrList,
  printCidrs,
  usableAddresses,
} from '@opensag/rules'
