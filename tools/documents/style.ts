/** The site's style, kin to that of the report and of the API reference. */
export const style = `
:root{color-scheme:light dark;
--paper:light-dark(#fbfaf6,#15191c);--sheet:light-dark(#ffffff,#1c2125);--ink:light-dark(#21272b,#e5e3dc);--soft:light-dark(#566067,#a9b0b3);
--rule:light-dark(#dedbd2,#343b40);--accent:light-dark(#0b5a7d,#7cc4e8);--mark:light-dark(#e9f1f4,#22333c);
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"Book Antiqua",Charter,Georgia,serif;--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;--mono:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
:root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:4.5rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.62 var(--serif)}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
main:focus{outline:none}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;z-index:9;background:var(--sheet);padding:.5rem 1rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.bar{position:sticky;top:0;z-index:5;display:flex;align-items:center;gap:1rem;padding:.6rem clamp(1rem,3vw,2rem);background:var(--paper);border-bottom:1px solid var(--rule);font-family:var(--sans)}
.name{font:600 1.25rem/1 var(--serif);color:var(--ink);text-decoration:none}
.search{flex:1;max-width:26rem;margin-left:auto}
.search input{width:100%;padding:.45rem .8rem;border:1px solid var(--rule);border-radius:8px;background:var(--sheet);color:var(--ink);font:inherit;font-size:.95rem}
.search input::placeholder{color:var(--soft);opacity:1}
.theme{border:1px solid var(--rule);border-radius:8px;background:var(--sheet);color:var(--ink);font-size:1.05rem;line-height:1;width:2.4rem;height:2.4rem;cursor:pointer}
.found{position:fixed;z-index:6;top:3.8rem;right:clamp(1rem,3vw,2rem);width:min(38rem,calc(100vw - 2rem));max-height:75vh;overflow:auto;background:var(--sheet);border:1px solid var(--rule);border-radius:10px;box-shadow:0 12px 40px #0003;font-family:var(--sans)}
.found p{margin:0;padding:.9rem 1.1rem;color:var(--soft);font-size:.92rem}
.found ol{list-style:none;margin:0;padding:.3rem}
.found a{display:block;padding:.55rem .8rem;border-radius:7px;text-decoration:none;color:var(--ink);font-size:.92rem;line-height:1.4}
.found a:hover,.found a:focus-visible{background:var(--mark)}
.found b{color:var(--accent)}.found small{display:block;color:var(--soft)}
.columns{display:grid;grid-template-columns:16rem minmax(0,1fr) 13rem;gap:clamp(1.5rem,3vw,3.5rem);max-width:88rem;margin:0 auto;padding:0 clamp(1rem,3vw,2rem)}
.pages,.contents{position:sticky;top:3.9rem;align-self:start;max-height:calc(100vh - 4rem);overflow:auto;padding:1.5rem 0;font:.9rem/1.45 var(--sans)}
.pages summary{display:none}
.pages h2,.contents h2{font:600 .76rem/1.4 var(--sans);letter-spacing:.07em;text-transform:uppercase;color:var(--soft);margin:1.4rem 0 .4rem}
.pages h2:first-of-type,.contents h2{margin-top:0}
.pages ul,.contents ul{list-style:none;margin:0;padding:0}
.pages a,.contents a{display:block;padding:.22rem .6rem;border-radius:6px;color:var(--ink);text-decoration:none}
.pages a:hover,.contents a:hover{background:var(--mark)}
.pages a[aria-current]{background:var(--mark);color:var(--accent);font-weight:600}
.contents a{color:var(--soft)}
main{padding:1.6rem 0 4rem;min-width:0}
main>*{max-width:46rem}
main>.table,main>pre{max-width:none}
h1{font-size:clamp(1.8rem,4.5vw,2.5rem);line-height:1.15;font-weight:600;margin:.2rem 0 1rem}
h2{font-size:1.45rem;line-height:1.3;font-weight:600;margin:2.6rem 0 .6rem}
h3{font-size:1.15rem;line-height:1.3;font-weight:600;margin:2rem 0 .4rem}
h1,h2,h3,p,li,td{overflow-wrap:anywhere}
p{margin:0 0 .9rem}li{margin:.25rem 0}
.anchor{color:var(--soft);text-decoration:none;font-weight:400;opacity:0}
h2:hover .anchor,h3:hover .anchor,.anchor:focus{opacity:1}
code,pre{font-family:var(--mono);font-size:.86em}
:not(pre)>code{background:var(--mark);padding:.1em .3em;border-radius:4px;overflow-wrap:anywhere}
pre{line-height:1.5;margin:0 0 1rem;padding:.9rem 1.1rem;background:var(--sheet);border:1px solid var(--rule);border-radius:8px;overflow-x:auto}
pre code{font-size:.84rem}
pre.output{margin-top:-.55rem;background:transparent;border-style:dashed;color:var(--soft);white-space:pre-wrap;overflow-wrap:anywhere}
.table{overflow-x:auto;margin:0 0 1.2rem}
table{border-collapse:collapse;font:.88rem/1.5 var(--sans)}
th,td{text-align:left;vertical-align:top;padding:.5rem 1rem .5rem 0;border-bottom:1px solid var(--rule);min-width:6rem}
td{overflow-wrap:break-word}th{color:var(--soft);font-weight:600;white-space:nowrap}
blockquote{margin:0 0 1rem;padding:0 0 0 1rem;border-left:3px solid var(--rule);color:var(--soft)}
.steps{display:grid;grid-template-columns:1fr 1fr;gap:1rem;margin-top:3.5rem;padding-top:1.2rem;border-top:1px solid var(--rule);font-family:var(--sans)}
.steps a{text-decoration:none}.steps a[rel=next]{text-align:right}.steps small{display:block;color:var(--soft)}
@media(max-width:75rem){.columns{grid-template-columns:15rem minmax(0,1fr)}.contents{display:none}}
@media(max-width:52rem){
.columns{display:block}.pages{position:static;max-height:none;padding:.8rem 0 0}
.pages summary{display:list-item;cursor:pointer;color:var(--accent);font-weight:600;padding:.3rem 0}
.pages a{padding:.45rem .6rem}
main{padding-top:.8rem}}
@media print{:root{color-scheme:light}body{background:#fff;font-size:10.5pt}.bar,.pages,.contents,.found,.steps,.anchor,.skip{display:none!important}.columns{display:block;max-width:none}main>*{max-width:none}pre,.table{overflow:visible;white-space:pre-wrap}h2,h3{break-after:avoid}pre,tr{break-inside:avoid}main a[href^=http]::after{content:" (" attr(href) ")";font-size:.85em}}
`;
