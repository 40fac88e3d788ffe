import { proveByMutation } from '../mutation-proof.suite.ts'
import { mutants } from './mutants.suite.ts'
import { createPasswordSubject, passwordSubject } from './run.ts'

proveByMutation(mutants, createPasswordSubject, passwordSubject)
