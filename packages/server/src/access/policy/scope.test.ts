import { scopeSuite } from './scope.suite.ts'

scopeSuite()
