import { proveByBuiltMutants } from '../glue/built-mutants.suite.ts'
import { nodesCorpus } from './corpus.ts'
import { nodesMutants } from './mutants.suite.ts'

proveByBuiltMutants({ of: 'nodes', mutants: nodesMutants, corpus: nodesCorpus })
