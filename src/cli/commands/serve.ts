import { defineCommand } from '../command.ts'

export const serveCommand = defineCommand({
  name: 'serve',
  summary: 'answer over HTTP: scores, explanations, leads, models',
  configure: (command) => {
    command.option('--port <number>', 'port to listen at; 0 for any free one (default: 8787)')
    command.option('--host <address>', 'address to listen at (default: 127.0.0.1, this machine only)')
  },
  run: async (context) => {
    const { runServer } = await import('../run-server.ts')
    return runServer(context)
  },
})
