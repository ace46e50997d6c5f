import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { post } from '../../../src/jobs/webhooks/post.ts'
import { isAllowedAddress } from '../../../src/jobs/webhooks/public-address.ts'
import { readTarget, resolveTarget, type TargetRules } from '../../../src/jobs/webhooks/target.ts'

/** Listens at every address of this machine, and counts who comes. */
let canary: Server
let reached = 0
let port = 0
beforeAll(async () => {
  canary = createServer((socket) => {
    reached += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => canary.listen(0, resolve))
  const address = canary.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => canary.close())

const DNS: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  'localhost.': ['127.0.0.1'],
  'inside.example': ['10.0.0.7'],
  'metadata.example': ['169.254.169.254'],
  'one-of-two.example': ['93.184.215.14', '127.0.0.1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'nat64.example': ['64:ff9b::7f00:1'],
  'zone.example': ['fe80::1%lo'],
  'loop6.example': ['::1'],
  'nonsense.example': ['127.0.0.1 '],
  'public.example': ['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'],
}

function rules(given: Partial<TargetRules> = {}): TargetRules {
  const resolve = async (host: string) => DNS[host] ?? []
  return { allowHttp: true, allowNetworks: [], resolve, ...given }
}

/** As a delivery does it: nothing is sent where this throws. */
async function send(text: string, given: TargetRules): Promise<void> {
  const url = readTarget(text, given)
  const addresses = await resolveTarget(url, given)
  await post(url, { headers: {}, body: '{}', addresses, late: AbortSignal.timeout(2_000) })
}

const HOSTS = [
  // Loopback, in all the ways in which a number can be written.
  ...['127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '2130706433', '0x7f000001', '0x7f.0.0.1', '0x7f.1'],
  ...[
    '0177.0.0.1',
    '0177.0.0.01',
    '017700000001',
    '00000177.1',
    '0x7F.0x0.0x0.0x1',
    '127.0.0.1.',
    '%31%32%37.0.0.1',
  ],
  ...['①②⑦.⓪.⓪.①', '１２７。０。０。１', '127。0。0。1', '0', '0.0.0.0', '0x0'],
  ...['localhost', 'LOCALHOST', 'localhost.', 'ⓛocalhost', '[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::0001]'],
  // IPv4 carried by IPv6.
  ...['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:127.0.0.1]', '[::127.0.0.1]', '[::7f00:1]'],
  ...[
    '[::ffff:0:127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[2002:7f00:1::1]',
  ],
  ...[
    '[2001:0:7f00:1::]',
    '[2001:0:4136:e378:8000:63bf:80ff:fffe]',
    '[fe80::5efe:127.0.0.1]',
    '[2606:4700::5efe:7f00:1]',
  ],
  // Inside, shared, link-local, multicast, reserved; the insides of clouds.
  ...[
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '100.100.100.200',
    '169.254.169.254',
  ],
  ...['192.0.0.192', '168.63.129.16', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '192.0.2.1'],
  ...[
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '[fec0::1]',
    '[ff02::1]',
    '[2001:db8::1]',
    '[100::1]',
    '[4000::1]',
  ],
  // Names: each answer counts.
  ...Object.keys(DNS).filter((host) => host !== 'public.example'),
]

describe(`${HOSTS.length} ways to an address that is not public`, () => {
  test('there are enough, and none twice', () => {
    expect(HOSTS.length).toBeGreaterThanOrEqual(40)
    const written = HOSTS.filter((host) => !(host in DNS))
    expect(new Set(written).size).toBe(written.length)
  })

  test.each(HOSTS)('%s', async (host) => {
    for (const scheme of ['http', 'https'])
      await expect(send(`${scheme}://${host}:${port}/`, rules())).rejects.toMatchObject({
        code: 'invalid_request',
        message: expect.stringMatching(/^url must (lead to a public address|have a host)/),
      })
    expect(reached).toBe(0)
  })

  test.each([
    `ftp://127.0.0.1:21/`,
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'javascript:1',
    '//127.0.0.1/',
    'https://',
    'https://[::1',
    'https://[fe80::1%25lo]/',
    'https://user@93.184.215.14/',
    'https://:secret@93.184.215.14/',
    `https://93.184.215.14/${'x'.repeat(2_000)}`,
    'not a url',
  ])('%s is no target at all', (text) => {
    expect(() => readTarget(text, rules())).toThrow(expect.objectContaining({ code: 'invalid_request' }))
  })

  test('nobody was reached, and the canary sings when it is allowed', async () => {
    expect(reached).toBe(0)
    const allowed = rules({ allowNetworks: ['127.0.0.0/8'] })
    await expect(send(`http://127.0.0.1:${port}/`, allowed)).rejects.toThrow()
    expect(reached).toBe(1)
    reached = 0
  })
})

test('http is for those who allow it', () => {
  expect(() => readTarget('http://93.184.215.14/', rules({ allowHttp: false }))).toThrow(/https/)
  expect(readTarget('http://93.184.215.14/', rules()).href).toBe('http://93.184.215.14/')
})

test('public addresses are allowed, and of others those of the networks that are named', async () => {
  const found = await resolveTarget(readTarget('https://public.example/x', rules()), rules())
  expect(found).toEqual(DNS['public.example'])
  const url = readTarget('https://inside.example/', rules())
  expect(await resolveTarget(url, rules({ allowNetworks: ['10.0.0.0/24'] }))).toEqual(['10.0.0.7'])
  await expect(resolveTarget(url, rules({ allowNetworks: ['10.0.1.0/24', 'fd00::/8'] }))).rejects.toThrow()
  // NAT64 to a public address is how a network without IPv4 reaches it.
  expect(isAllowedAddress('64:ff9b::5db8:d70e', [])).toBe(true)
  expect(isAllowedAddress('::ffff:93.184.215.14', [])).toBe(true)
  expect(isAllowedAddress('::ffff:10.1.2.3', ['10.0.0.0/8'])).toBe(true)
})

test('a connection that leads elsewhere than was checked is broken off before anything is said', async () => {
  const url = new URL(`http://127.0.0.1:${port}/secret`)
  const options = {
    headers: {},
    body: 'secret',
    addresses: ['93.184.215.14'],
    late: AbortSignal.timeout(2_000),
  }
  await expect(post(url, options)).rejects.toThrow('The connection led to 127.0.0.1, which was not checked.')
  reached = 0
})

test('a name is connected to where its check found it, not where it leads a moment later', async () => {
  // The resolver of the system would say that there is no such host.
  const url = new URL(`http://rebound.example:${port}/`)
  const options = { headers: {}, body: '{}', addresses: ['127.0.0.1'], late: AbortSignal.timeout(2_000) }
  await expect(post(url, options)).rejects.toThrow(/socket hang up|ECONNRESET/)
  expect(reached).toBe(1)
  reached = 0
})
