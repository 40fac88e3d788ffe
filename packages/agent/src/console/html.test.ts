import fc from 'fast-check'
import { expect, test } from 'vitest'
import { html } from './html.ts'

test('text is escaped, markup made by html is not', () => {
  expect(
    html`<p title="${'"x"'}">${'<b>&</b>'}${html`<i>${"'"}</i>`}${[html`<u>`, '>']}${7}${undefined}</p>`.markup,
  ).toBe('<p title="&quot;x&quot;">&lt;b&gt;&amp;&lt;/b&gt;<i>&#39;</i><u>&gt;7</p>')
})

test('no text whatever opens a tag or ends an attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(html`${text}`.markup).not.toMatch(/[<>"']/)
    }),
  )
})
