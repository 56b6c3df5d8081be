export type { Keeping } from './kept-calls.ts';
export { NUMBERS, SCENARIO_NAMES, SCENARIOS } from './scenarios.ts';
export type { ScenarioName, Step, TimedStep } from './scenarios.ts';
export { SimulatorProvider } from './simulator-provider.ts';
export type { SimulatorOptions } from './simulator-provider.ts';
