/** The face's style sheet: light and dark as the reader's system has it, from phone to desk width. */
export const STYLE = `:root{color-scheme:light dark;--ground:#f6f7f9;--sheet:#fff;--ink:#1b1f24;--soft:#4d5762;--line:#d5dae0;--edge:#6b7682;--accent:#0a5a8a;--on-accent:#fff;--wash:#e8f1f7;--bad:#9b1c1c;--bad-wash:#fdeeee;--good:#14532d;--good-wash:#eaf6ee}
.zoho{--accent:#9a2c1e;--wash:#faeeea}
@media(prefers-color-scheme:dark){:root{--ground:#14171b;--sheet:#1c2026;--ink:#e7eaee;--soft:#aab3bd;--line:#343b44;--edge:#8a95a1;--accent:#7cc0ec;--on-accent:#0c151c;--wash:#1d2f3c;--bad:#ffb4ab;--bad-wash:#3a1d1c;--good:#9be0b2;--good-wash:#16301f}.zoho{--accent:#f2a594;--on-accent:#24100b;--wash:#3a2420}}
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;color:var(--ink);background:var(--ground)}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:.5rem;top:.5rem;background:var(--sheet);padding:.5rem;z-index:1}
.top{background:var(--sheet);border-bottom:3px solid var(--accent);padding:.75rem 1rem}
.top ul,.side ul{list-style:none;margin:0;padding:0}
.top ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
.brand{font-weight:700;font-size:1.125rem;margin:0 0 .25rem}
.brand a{color:inherit;text-decoration:none}.brand span{font-weight:400;color:var(--soft)}
.frame{display:grid;grid-template-columns:minmax(0,1fr);gap:1rem;max-width:86rem;margin:0 auto;padding:1rem}
.side h2{font-size:.8125rem;color:var(--soft);text-transform:uppercase;letter-spacing:.04em}
.side ul,.side h2{display:inline;margin:0}.side h2{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}.side li{display:inline-block}
.side a{display:block;padding:.3rem .6rem;border-radius:.375rem;text-decoration:none;color:var(--ink)}
.side a:hover{background:var(--wash)}.side a[aria-current]{background:var(--wash);color:var(--accent);font-weight:600}
@media(min-width:60rem){.frame.with-side{grid-template-columns:13rem minmax(0,1fr)}.side ul,.side li,.side h2{display:block}.side h2{position:static;width:auto;height:auto;overflow:visible;white-space:normal;clip-path:none;margin:.75rem 0 .25rem}}
main{min-width:0}.side{position:relative}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .75rem;overflow-wrap:anywhere}h2{font-size:1.125rem;margin:0 0 .5rem}
.sheet{background:var(--sheet);border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:0 0 1rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--soft);padding:0 0 .5rem}
th,td{padding:.45rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{font-size:.8125rem;color:var(--soft);white-space:nowrap}tbody th{font-weight:600}
tbody th{min-width:7rem}td time,th time{white-space:nowrap}
.titled caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}.scroll{position:relative}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.status{display:inline-block;border:1px solid var(--edge);border-radius:1rem;padding:0 .6rem;font-size:.8125rem;white-space:nowrap}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.75rem;margin:0}
.facts div{min-width:0}.facts dt{font-size:.8125rem;color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
.totals{margin:.75rem 0 0 auto;max-width:20rem}.totals div{display:flex;justify-content:space-between;gap:1rem;padding:.2rem 0}.totals dd{margin:0}
.bar{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin:0 0 1rem}
label{display:block;font-size:.875rem}
input,select,button{font:inherit;color:inherit;background:var(--sheet);border:1px solid var(--edge);border-radius:.375rem;padding:.4rem .6rem;max-width:100%}
button{cursor:pointer;background:var(--accent);border-color:var(--accent);color:var(--on-accent);font-weight:600}
button.plain{background:transparent;color:var(--accent)}
fieldset{border:1px solid var(--line);border-radius:.375rem;margin:0 0 .75rem;padding:.5rem .75rem;min-width:0}
.fields{display:grid;grid-template-columns:repeat(auto-fill,minmax(12rem,1fr));gap:.75rem;margin:0 0 .75rem}
.fields input,.fields select{display:block;width:100%}
details{border:1px solid var(--line);border-radius:.375rem;margin:0 0 .75rem;background:var(--sheet)}
summary{cursor:pointer;padding:.5rem .75rem;font-weight:600;color:var(--accent)}details form{padding:.25rem .75rem .75rem}
.problem,.done{border-left:4px solid;padding:.6rem .9rem;margin:0 0 1rem;border-radius:.25rem;overflow-wrap:anywhere}
.problem{color:var(--bad);background:var(--bad-wash)}.done{color:var(--good);background:var(--good-wash)}
.pages{display:flex;gap:1rem;align-items:center;margin:.75rem 0 0}
footer{color:var(--soft);font-size:.875rem;max-width:86rem;margin:0 auto;padding:0 1rem 1.5rem}
code{font-size:.875em;overflow-wrap:anywhere}
`;
