/** The console's whole appearance: one file, no fonts, no pictures, light and dark by the system's setting. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #eef1f4; --card: #ffffff; --ink: #17202a; --quiet: #566573; --line: #d5dbe1;
  --accent: #0b6e6e; --on-accent: #ffffff; --good: #16703c; --good-ground: #e3f4e9; --bad: #a32018; --bad-ground: #fdeceb;
  --warn: #7a5200; --warn-ground: #fff3d6; --field: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10161c; --card: #19222b; --ink: #e6ecf1; --quiet: #9fb0bf; --line: #2f3c48;
    --accent: #3fb8b3; --on-accent: #06211f; --good: #7bd69b; --good-ground: #15311f; --bad: #ff9d94; --bad-ground: #3b1a18;
    --warn: #f2c66d; --warn-ground: #36290d; --field: #121a21;
  }
}
* { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink); display: flex; flex-direction: column; }
a { color: var(--accent); }
header { background: var(--card); border-bottom: 1px solid var(--line); }
.bar { max-width: 60rem; margin: 0 auto; padding: .8rem 1.25rem; display: flex; align-items: center; gap: 1rem; }
.brand { font-weight: 700; letter-spacing: .01em; }
.brand span { color: var(--quiet); font-weight: 400; margin-left: .6rem; }
.bar .end { margin-left: auto; display: flex; align-items: center; gap: 1rem; }
main { width: 100%; max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; flex: 1; }
main.narrow { max-width: 28rem; padding-top: 3rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.5rem; }
.card + .card { margin-top: 1.25rem; }
h1 { font-size: 1.45rem; line-height: 1.25; margin: 0 0 .5rem; text-wrap: balance; }
h2 { font-size: 1.1rem; line-height: 1.3; margin: 0 0 .4rem; }
p { margin: 0 0 1rem; }
.lead, .hint, dt, footer { color: var(--quiet); }
.hint { font-size: .875rem; margin: .3rem 0 0; }
.device { display: flex; flex-wrap: wrap; gap: .2rem 1.25rem; margin: 0 0 1.25rem; font-size: .875rem; }
.device div { display: flex; gap: .4rem; }
.device dd { margin: 0; overflow-wrap: anywhere; }
label { display: block; font-weight: 600; margin: 1.1rem 0 .3rem; }
input, select { width: 100%; font: inherit; color: inherit; background: var(--field); border: 1px solid var(--quiet); border-radius: 6px; padding: .55rem .7rem; }
select { min-height: 2.75rem; }
form + .hint { margin-top: 1rem; }
input[readonly] { color: var(--quiet); border-style: dashed; }
button { font: inherit; font-weight: 600; cursor: pointer; border: 1px solid var(--accent); border-radius: 6px; padding: .6rem 1.1rem; background: var(--accent); color: var(--on-accent); }
button:hover { filter: brightness(1.08); }
button.plain { background: none; color: var(--accent); border-color: var(--line); padding: .35rem .8rem; }
main.narrow button { width: 100%; }
.submit { margin: 1.5rem 0 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.note { border-radius: 6px; padding: .7rem .9rem; margin: 0 0 1.25rem; }
.note.bad { background: var(--bad-ground); color: var(--bad); }
.note.good { background: var(--good-ground); color: var(--good); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1.1rem 1.5rem; margin: 1rem 0 0; }
.facts dt { font-size: .875rem; }
.facts dd { margin: .15rem 0 0; overflow-wrap: anywhere; }
.facts small { display: block; color: var(--quiet); }
.state { display: inline-block; border-radius: 99px; padding: .1rem .7rem; font-weight: 600; font-size: .9rem; }
.state.good { background: var(--good-ground); color: var(--good); }
.state.warn { background: var(--warn-ground); color: var(--warn); }
.state.bad { background: var(--bad-ground); color: var(--bad); }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 0 1.5rem; }
`
