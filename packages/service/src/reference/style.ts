/** The page's style, as of the report: `light-dark` follows the reader's system. */
export const style = `
:root{color-scheme:light dark;
--paper:light-dark(#fbfaf6,#15191c);--sheet:light-dark(#ffffff,#1c2125);--ink:light-dark(#21272b,#e5e3dc);--soft:light-dark(#566067,#a9b0b3);
--rule:light-dark(#dedbd2,#343b40);--accent:light-dark(#0b5a7d,#7cc4e8);--good:light-dark(#00694d,#4fc79e);--bad:light-dark(#a8360b,#f2906a);
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"Book Antiqua",Charter,Georgia,serif;--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;--mono:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 var(--serif)}
main,header{max-width:68rem;margin:0 auto;padding:0 clamp(1rem,4vw,2.5rem)}
header{padding-top:clamp(1.5rem,5vw,3.5rem)}main{padding-bottom:4rem}
h1{font-size:clamp(1.7rem,4.5vw,2.5rem);line-height:1.15;font-weight:600;margin:.2rem 0 .6rem}
h2{font-size:1.5rem;line-height:1.3;font-weight:600;margin:0 0 .4rem;overflow-wrap:anywhere}
h3{font-size:1.12rem;line-height:1.3;font-weight:600;margin:2rem 0 .5rem}
p{margin:0 0 .7rem;max-width:72ch}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
:target{scroll-margin-top:1rem}
code,pre{font:.86em/1.55 var(--mono);overflow-wrap:anywhere}
pre{white-space:pre-wrap;margin:.5rem 0 0;padding:.9rem 1rem;background:var(--sheet);border:1px solid var(--rule);border-radius:8px}
.eyebrow{font:600 .8rem/1.4 var(--sans);letter-spacing:.08em;text-transform:uppercase;color:var(--soft);margin:0}
.lead{font-size:1.1rem}.note{font:.86rem/1.5 var(--sans);color:var(--soft)}
nav ul{list-style:none;margin:1.8rem 0 0;padding:0;display:grid;gap:.45rem;font:.92rem/1.5 var(--sans)}
nav span{color:var(--soft)}nav a{text-decoration:none;margin-right:.5em}nav b{display:inline-block;min-width:3.6em}
section{margin:3.2rem 0 0;padding-top:1.6rem;border-top:1px solid var(--rule)}
.method{font:700 .68em/1 var(--sans);letter-spacing:.04em;color:var(--sheet);background:var(--accent);border-radius:5px;padding:.25em .5em;vertical-align:.15em}
dl{margin:0;display:grid;grid-template-columns:auto minmax(0,1fr);gap:.6rem 1.2rem}dt,dd{margin:0;padding-top:.6rem;border-top:1px solid var(--rule)}
.status{font:700 .95rem/1.6 var(--sans);color:var(--bad)}.s2{color:var(--good)}
.media{margin:.2rem 0 .8rem;font:.92rem/1.5 var(--sans)}.media p{margin-bottom:.2rem}
article{margin:0 0 2.4rem}article h3{font-family:var(--mono);font-size:1rem}
table{border-collapse:collapse;width:100%;font:.86rem/1.45 var(--sans);margin:.4rem 0 .8rem}
th,td{text-align:left;vertical-align:top;padding:.45rem .8rem .45rem 0;border-bottom:1px solid var(--rule);overflow-wrap:anywhere}
th{font-weight:600;width:27%}td{width:26%}td:last-child{width:47%}thead th{color:var(--soft);font-size:.8rem}
small{font-weight:400;color:var(--soft)}
details{font-size:.9rem;margin:.2rem 0 .5rem}summary{cursor:pointer;color:var(--accent);font:600 .86rem/1.6 var(--sans);overflow-wrap:anywhere}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media(max-width:40rem){
nav span{display:block}
dl{grid-template-columns:minmax(0,1fr);gap:0}dd{border:0;padding-top:0;margin-bottom:.8rem}
table,tbody,tr,th,td{display:block;width:auto}td:last-child{width:auto}thead{display:none}
tr{padding:.55rem 0;border-bottom:1px solid var(--rule)}th,td{border:0;padding:.05rem 0}}
@media print{:root{color-scheme:light}body{background:#fff;font-size:10pt}details::details-content{content-visibility:visible}h2,h3{break-after:avoid}}
`;
