#!/usr/bin/env node
import { keepCompiled } from './compile-cache.js'

const program = new URL('../bundle/main.js', import.meta.url)
keepCompiled(program)
await import(program.href)
