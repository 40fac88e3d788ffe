// Inter, so that the console looks the same on every system, Linux above all. Loaded after the first paint and never by the page of
// the log-on: until it is there, and for Chinese, the system's own typeface is shown.
import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'

document.fonts.add(
  new FontFace('Inter Variable', `url(${latin}) format('woff2')`, {
    weight: '100 900',
    display: 'swap',
    // What the file has: anything else comes from the next typeface of the list.
    unicodeRange:
      'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD',
  }),
)
