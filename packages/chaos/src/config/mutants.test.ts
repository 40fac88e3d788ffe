import { proveByMutation } from '../mutation-proof.suite.ts'
import { configMutants } from './mutants.suite.ts'
import { configSubject, createConfigSubject } from './run.ts'

proveByMutation(configMutants, createConfigSubject, configSubject)
