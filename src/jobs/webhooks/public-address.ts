/** Which addresses a webhook may go to: public ones, and networks that were allowed by name. */
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** Looks public, and is the inside of a cloud: the service that Azure gives each of its machines. */
const INSIDE = [ipaddr.parseCIDR('168.63.129.16/32')] as const

/** Everything that is routed lies in here; what ipaddr.js does not know by name outside of it is not public either. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')

/** The last 32 bits are an IPv4 address in these (RFC 4291, 6052, 8215, 2765). */
const EMBEDDING = ['::ffff:0:0/96', '::/96', '64:ff9b::/96', '::ffff:0:0:0/96'].map((network) =>
  ipaddr.IPv6.parseCIDR(network),
)

/** @param address As a resolver or a socket gives it. @param allowed CIDR. */
export function isAllowedAddress(address: string, allowed: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = unwrapped(ipaddr.parse(address))
  return isPublic(parsed) || allowed.some((network) => isWithin(parsed, ipaddr.parseCIDR(network)))
}

/** The same text for the same address, however it was written. */
export function canonicalAddress(address: string): string {
  return ipaddr.isValid(address) ? unwrapped(ipaddr.parse(address)).toNormalizedString() : address
}

function isPublic(address: Address): boolean {
  if (INSIDE.some((network) => isWithin(address, network))) return false
  if (address.range() !== 'unicast') return false
  return address.kind() === 'ipv4' || (isWithin(address, GLOBAL_UNICAST) && !isIsatap(address as ipaddr.IPv6))
}

/** The IPv4 address within, where IPv6 only carries one: that is where the packets go. 6to4 and Teredo are refused as they are. */
function unwrapped(address: Address): Address {
  if (address.kind() === 'ipv4') return address
  if (!EMBEDDING.some((network) => isWithin(address, network))) return address
  // ::1 and :: are addresses of their own.
  const bytes = address.toByteArray()
  if (bytes.slice(0, 15).every((byte) => byte === 0)) return address
  return new ipaddr.IPv4(bytes.slice(12))
}

/** RFC 5214: an interface identifier that tunnels to an IPv4 address of a site. */
function isIsatap(address: ipaddr.IPv6): boolean {
  const { parts } = address
  return (parts[4]! & 0xfdff) === 0 && parts[5] === 0x5efe
}

function isWithin(address: Address, [network, bits]: readonly [Address, number]): boolean {
  return address.kind() === network.kind() && address.match([network, bits] as [ipaddr.IPv4, number])
}
