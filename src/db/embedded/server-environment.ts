/** What the server and its tools see of our environment: no secrets, no PG* variables, no locale. */
const PASSED = ['PATH', 'SYSTEMROOT', 'TEMP', 'TMP']

export function serverEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { LC_ALL: 'C' }
  for (const name of PASSED) {
    const value = process.env[name]
    if (value !== undefined) environment[name] = value
  }
  return environment
}
