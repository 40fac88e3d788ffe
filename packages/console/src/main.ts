import { mount } from 'svelte'
import App from './app/App.svelte'
import { applyTheme } from './app/theme.svelte.ts'
import './ui/base.css'
import './ui/controls.css'
import './ui/layout.css'
import './ui/data.css'

applyTheme()
mount(App, { target: document.body })
