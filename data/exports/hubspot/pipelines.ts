/** HubSpot's pipelines and stages go by numbers, but for the first pipeline, which is called default. */

const PIPELINES: Readonly<Record<string, { readonly id: string; readonly firstStage: number }>> = {
  new_business: { id: 'default', firstStage: 148_309_210 },
  expansion: { id: '69411827', firstStage: 148_309_330 },
}

const STAGES = ['qualification', 'discovery', 'proposal', 'negotiation', 'won', 'lost']

export function pipelineId(pipeline: string): string {
  return pipelineOf(pipeline).id
}

export function stageId(pipeline: string, stage: string): string {
  return String(pipelineOf(pipeline).firstStage + STAGES.indexOf(stage))
}

/** Every stage of every pipeline. */
export const ALL_STAGES: readonly {
  readonly id: string
  readonly pipeline: string
  readonly stage: string
}[] = Object.keys(PIPELINES).flatMap((pipeline) =>
  STAGES.map((stage) => ({ id: stageId(pipeline, stage), pipeline, stage })),
)

function pipelineOf(name: string): { readonly id: string; readonly firstStage: number } {
  const pipeline = PIPELINES[name]
  if (pipeline === undefined) throw new RangeError(`the pipeline ${name} has no id`)
  return pipeline
}
