/** A number for an id, the same on every machine and day: draws samples and landmarks without looking at what a lead does. */

/** Uniform-looking in [0, 2^32): FNV-1a over the code units, with the finaliser of MurmurHash3. `purpose` keeps draws apart. */
export function hashId(id: string, purpose: number): number {
  let bits = 0x811c9dc5 ^ purpose
  for (let i = 0; i < id.length; i++) bits = Math.imul(bits ^ id.charCodeAt(i), 0x01000193)
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
