#!/usr/bin/env node
// The launcher: says what is missing in plain words before any module can fail in unclear ones.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12)) {
  console.error(
    `wonlost needs Node.js 20.19 or a later 20, or 22.12 or newer; this is ${process.versions.node}.`,
  )
  process.exit(1)
}
try {
  await import('../dist/src/cli/main.js')
} catch (error) {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes('cli/main.js')) throw error
  console.error('wonlost is not built yet. Run: npm run build')
  process.exit(1)
}
