/**
 * The page's style. Colours of the marks after Okabe and Ito (2008), told apart by any eye; real is always
 * blue and solid, synthetic orange and dashed or a diamond. `light-dark` follows the reader's system.
 */
export const style = `
:root{color-scheme:light dark;
--paper:light-dark(#fbfaf6,#15191c);--sheet:light-dark(#ffffff,#1c2125);--ink:light-dark(#21272b,#e5e3dc);--soft:light-dark(#566067,#a9b0b3);
--rule:light-dark(#dedbd2,#343b40);--accent:light-dark(#0b5a7d,#7cc4e8);
--real:light-dark(#0072b2,#56b4e9);--synthetic:light-dark(#b84a00,#f0a24a);--photocopy:light-dark(#8a3d74,#d98fbf);
--good:light-dark(#00694d,#4fc79e);--good-wash:light-dark(#e5f2ec,#16302a);--bad:light-dark(#a8360b,#f2906a);--bad-wash:light-dark(#fbebe4,#3a231b);
--open:light-dark(#6d5500,#e0c25c);--open-wash:light-dark(#f8f1da,#332d19);
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"Book Antiqua",Charter,Georgia,serif;--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 var(--serif);font-variant-numeric:lining-nums}
main,header,footer{max-width:68rem;margin:0 auto;padding:0 clamp(1rem,4vw,2.5rem)}
header{padding-top:clamp(1.5rem,5vw,3.5rem)}
h1{font-size:clamp(1.7rem,4.5vw,2.5rem);line-height:1.15;font-weight:600;margin:.2rem 0 .6rem;letter-spacing:-.01em;text-wrap:balance}
h2{font-size:1.5rem;line-height:1.25;font-weight:600;margin:0 0 .6rem;text-wrap:balance}
h3{font-size:1.12rem;line-height:1.3;font-weight:600;margin:2rem 0 .3rem}
p{margin:0 0 .8rem}
main p,main li{max-width:70ch}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.eyebrow{font:600 .8rem/1.4 var(--sans);letter-spacing:.08em;text-transform:uppercase;color:var(--soft);margin:0}
.facts{display:flex;flex-wrap:wrap;gap:.2rem 1.6rem;margin:0 0 1.6rem;font:.86rem/1.5 var(--sans);color:var(--soft)}
.facts div{display:flex;gap:.45em}.facts dt{font-weight:600}.facts dd{margin:0;overflow-wrap:anywhere}
section{margin:3.2rem 0 0;padding-top:1.6rem;border-top:1px solid var(--rule)}
.verdict{display:grid;grid-template-columns:auto 1fr;gap:1.2rem;margin-top:0;padding:clamp(1.1rem,3vw,1.8rem);border:0;border-left:6px solid var(--tone);border-radius:4px 10px 10px 4px;background:var(--wash)}
.verdict h2{font-size:clamp(1.35rem,3.4vw,1.75rem)}
.is-passed{--tone:var(--good);--wash:var(--good-wash)}.is-not-passed{--tone:var(--bad);--wash:var(--bad-wash)}.is-cannot-tell{--tone:var(--open);--wash:var(--open-wash)}
.badge{display:grid;place-items:center;width:3rem;height:3rem;margin:0;border-radius:50%;background:var(--tone);color:var(--sheet);font:700 1.5rem/1 var(--sans)}
.lead{font-size:1.1rem}
.checks{list-style:none;margin:1.2rem 0 0;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:.8rem}
.checks li{background:var(--sheet);border-radius:8px;padding:.8rem 1rem;border-top:3px solid var(--tone);font:.9rem/1.5 var(--sans)}
.checks p{margin:0}.check-name{font-weight:650;color:var(--tone)}
nav ol{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.3rem;padding:0;margin:1.8rem 0 0;font:.9rem/1.6 var(--sans)}
figure{margin:1.6rem 0 0;padding:clamp(.9rem,2.5vw,1.5rem);background:var(--sheet);border:1px solid var(--rule);border-radius:10px}
figcaption{margin-top:1rem;padding-top:.8rem;border-top:1px solid var(--rule)}figcaption p{margin:0 0 .3rem;max-width:75ch}main figcaption .line{font-weight:600;max-width:none}
.title{font-weight:650;font-size:1.05rem;margin-bottom:.5rem}
.panel-title,.title,.note,.absent,.legend,table,details,.scale{font-family:var(--sans)}
.panel-title{font-weight:600;font-size:.92rem;margin:0 0 .3rem;text-align:left;caption-side:top;padding:0}
.note{font-size:.84rem;line-height:1.5;color:var(--soft);margin:.3rem 0 0}
.absent{font-size:.92rem;color:var(--soft);border:1px dashed var(--rule);border-radius:8px;padding:1rem}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.3rem;margin:0 0 1rem;padding:0;font-size:.86rem;color:var(--soft)}
.legend li{display:flex;align-items:center;gap:.5em}
.panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17.5rem),1fr));gap:1.6rem 1.4rem;align-items:start}
.panels>*{min-width:0}
svg{display:block;overflow:visible}
.beside{display:flex;flex-wrap:wrap;align-items:end;gap:.6rem 1.4rem}.beside>.note{flex:1 1 15rem}.beside>svg{flex:1 1 18rem}
.attacks+.attacks,.attacks~.panel-title{margin-top:1.4rem}
.panel,.matrix,.oncoprint{width:100%;max-width:25rem;height:auto}
.pair{grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr))}.oncoprint{max-width:none}
.projection{width:100%;max-width:27rem;height:auto;background:var(--paper);border:1px solid var(--rule);border-radius:6px;overflow:hidden}
svg text{font-family:var(--sans)}
.tick{font-size:11px;fill:var(--soft)}.axis{font-size:11.5px;fill:var(--soft)}
.grid{stroke:var(--rule);stroke-width:1}
.curve{fill:none;stroke-width:2.2}.curve.real,line.real{stroke:var(--real)}.curve.synthetic,line.synthetic{stroke:var(--synthetic)}
.curve.synthetic{stroke-dasharray:7 3}
.band{stroke:none;opacity:.17}.band.real{fill:var(--real)}.band.synthetic{fill:var(--synthetic)}
.bar{fill:var(--real);opacity:.45}.whisker{stroke:var(--real);stroke-width:2}
circle.real{fill:var(--real)}.synthetic.diamond,circle.synthetic,.synthetic.beyond{fill:var(--synthetic)}
.diamond{font-size:15px}.beyond{font-size:12px}
.photocopy{fill:var(--photocopy)}
.range{stroke-width:2.4;stroke-linecap:round}.thin{stroke-width:1;opacity:.45}
.floor{stroke:var(--soft);stroke-width:2;stroke-dasharray:2 3}.ceiling{stroke:var(--good);stroke-width:2}.bound{stroke:var(--bad);stroke-width:2;stroke-dasharray:6 3}
.altered.real{fill:var(--real)}.altered.synthetic{fill:var(--synthetic)}.unaltered{fill:var(--rule);opacity:.45}.unsplit{fill:var(--soft);opacity:.38}
.reference{stroke:var(--soft);stroke-width:1.5}
.chance{fill:var(--soft);opacity:.28}
.density-0{fill:var(--real);opacity:.16}.density-1{fill:var(--real);opacity:.26}.density-2{fill:var(--real);opacity:.36}
.contour{fill:none;stroke:var(--synthetic);stroke-width:2;vector-effect:non-scaling-stroke}line.contour{stroke-width:2.4}.contour-0{stroke-width:1.4}.contour-2{stroke-width:2.8}
.level-0{fill:light-dark(#8a4100,#ffb566)}.level-1{fill:light-dark(#b86a1e,#d98f42)}.level-2{fill:light-dark(#d9984f,#a96c2c)}.level-3{fill:light-dark(#edc594,#774c20)}.level-4{fill:light-dark(#f8e6cf,#46301a)}
.level-5{fill:light-dark(#f4f3ee,#23292e)}
.level-6{fill:light-dark(#d6e6f2,#1d3646)}.level-7{fill:light-dark(#a5cbe5,#205372)}.level-8{fill:light-dark(#66a9d3,#2c7aa8)}.level-9{fill:light-dark(#2a80b8,#4ba3d6)}.level-10{fill:light-dark(#08527f,#93d4fb)}
.scale{display:flex;align-items:center;gap:.5rem;margin:1rem 0 0;font-size:.84rem;color:var(--soft)}
details{margin-top:1rem;font-size:.9rem}summary{cursor:pointer;color:var(--accent);font-weight:600}
.names{columns:16rem;font-size:.8rem;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:.86rem;line-height:1.4;font-variant-numeric:tabular-nums lining-nums}
caption{text-align:left;font-weight:600;padding:.2rem 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.45rem .7rem .45rem 0;border-bottom:1px solid var(--rule)}
th{font-weight:600}thead th{color:var(--soft);font-size:.8rem;vertical-align:bottom}
small{display:block;font-size:.8rem;font-weight:400;color:var(--soft);overflow-wrap:anywhere}
.scroll caption{max-width:calc(100vw - 2.5rem)}
.scroll{overflow-x:auto;margin-top:1rem}.scroll+p{margin-top:1.4rem}.scroll th[scope=row]{min-width:11rem}.scroll td{min-width:4rem}.scroll td:last-child{min-width:10rem}
.strips{table-layout:fixed}.strips th,.strips td{vertical-align:middle;padding:.15rem .5rem .15rem 0;border-bottom:0}
.strips thead th,.strips thead td{vertical-align:bottom}
.strips th:first-child{width:4.9rem;overflow-wrap:anywhere}.strips tbody th{font-weight:500}.strips th:last-child{width:6.2rem}
.number{white-space:nowrap}.number small{white-space:normal}
.scores th:first-child,.attacks th:first-child{width:34%}.scores th:last-child{width:7rem}.attacks th:last-child{width:30%}
.scores td,.scores th,.attacks td,.attacks th{padding-block:.4rem;border-bottom:1px solid var(--rule)}
.scores tbody .group th{padding-top:1.1rem;color:var(--soft);font-weight:650;font-size:.8rem;letter-spacing:.06em;text-transform:uppercase}
.worth tbody th{font-weight:500}.hazards th:first-child{width:9rem}.hazards th:nth-child(2){width:5.5rem}.hazards th:last-child{width:10.5rem}
.muted,.muted th{color:var(--soft)}.muted{background:repeating-linear-gradient(135deg,transparent 0 6px,color-mix(in srgb,var(--rule) 30%,transparent) 6px 12px)}
ul.muted{background:none;font:.9rem/1.5 var(--sans)}
.verdict-mark{font:650 .84rem/1.5 var(--sans);color:var(--tone);white-space:nowrap;background:var(--wash);border-radius:5px;padding:.1rem .45rem}
.limits li{margin-bottom:.5rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
footer p{padding-top:1.5rem;border-top:1px solid var(--rule)}footer{margin-top:3.5rem;padding-bottom:3rem;font:.84rem/1.5 var(--sans);color:var(--soft)}
@media(max-width:40rem){
.verdict{grid-template-columns:1fr;gap:.7rem}
.scores,.attacks,.hazards{display:block}.scores :is(caption,thead,tbody,tr,th,td),.attacks :is(caption,thead,tbody,tr,th,td),.hazards :is(caption,thead,tbody,tr,th,td){display:block;width:auto!important}
.scores tr,.attacks tr,.hazards tr{padding:.6rem 0;border-bottom:1px solid var(--rule)}
.scores th,.scores td,.attacks th,.attacks td,.hazards th,.hazards td{border:0;padding:.1rem 0}
.scores thead th,.attacks thead th,.hazards thead th{display:none}.hazards .unseen{display:none}
.scores .number small{display:inline;margin-left:.5em}
.projection{max-width:100%}}
@media print{:root{color-scheme:light}body{background:#fff;font-size:10pt}nav{display:none}figure,tr{break-inside:avoid}.scroll{overflow:visible}details::details-content{content-visibility:visible}h2,h3{break-after:avoid}}
`;
