import { defineCommand } from '../command.ts'

export const serveCommand = defineCommand({
  name: 'serve',
  summary: 'answer over HTTP: scores, explanations, leads, models',
  configure: (command) => {
    command.option('--port <number>', 'port to listen at; 0 for any free one (default: 8787)')
    command.option('--host <address>', 'address to listen at (default: 127.0.0.1, this machine only)')
    command.addHelpText('after', HELP)
  },
  run: async (context) => {
    const { runServer } = await import('../run-server.ts')
    return runServer(context)
  },
})

const HELP = `
Every request needs a key with the scope of its route ("wonlost keys create"); only /healthz, /readyz, /docs and /openapi.json need
none. AUTH=off asks nobody, and is refused unless the address is one that only this machine can reach: localhost, 127.0.0.1, ::1.
WONLOST_RATE_LIMITS says how often a key may ask, in requests a second by scope, such as ingest=5000,read=off; off is no limit.`
