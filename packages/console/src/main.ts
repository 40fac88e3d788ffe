import { mount } from 'svelte'
import App from './app/App.svelte'
import { applyTheme } from './app/theme.svelte.ts'
import './ui/base.css'
import './ui/controls.css'
import './ui/dialog.css'
import './ui/layout.css'
import './ui/data.css'
import './ui/phone.css'

applyTheme()
mount(App, { target: document.body })
