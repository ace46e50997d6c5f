import openapiTypescript, { astToString } from 'openapi-typescript'

/** The types of an OpenAPI document, as a file of TypeScript. */
export async function typesOf(document) {
  const nodes = await openapiTypescript(document, { defaultNonNullable: false, alphabetize: true })
  return `/** Made from the OpenAPI document by \`npm run types:api\`. */\n${astToString(nodes)}`
}
