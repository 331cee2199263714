// Texts that would run, load or send something if any of them became more than text.
const MARK = 'globalThis.pwned=1';
const ELSEWHERE = 'http://127.0.0.1:9/stolen';

const BASES: readonly string[] = [
  `<script>${MARK}</script>`,
  `<script src="${ELSEWHERE}"></script>`,
  `<img src=x onerror="${MARK}">`,
  `<img src="${ELSEWHERE}">`,
  `<svg onload=${MARK}>`,
  `<svg><script>${MARK}</script></svg>`,
  `<svg><animate onbegin=${MARK} attributeName=x dur=1s>`,
  `<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`,
  `<iframe src="javascript:parent.pwned=1"></iframe>`,
  `<object data="javascript:${MARK}"></object>`,
  `<embed src="${ELSEWHERE}">`,
  `<a href="javascript:${MARK}">press me</a>`,
  `<details open ontoggle=${MARK}>`,
  `<input autofocus onfocus=${MARK}>`,
  `<video><source onerror="${MARK}"></video>`,
  `<math><mtext><img src=x onerror=${MARK}></mtext></math>`,
  `<style>@import url(${ELSEWHERE});*{background:url(${ELSEWHERE})}</style>`,
  `<link rel=stylesheet href="${ELSEWHERE}">`,
  `<meta http-equiv=refresh content="0;url=${ELSEWHERE}">`,
  `<base href="${ELSEWHERE}">`,
  `<form action="${ELSEWHERE}"><button>send</button></form>`,
  `<template><img src=x onerror=${MARK}></template>`,
  `javascript:${MARK}`,
  `data:text/html,<script>${MARK}</script>`,
  `{{constructor.constructor('${MARK}')()}}`,
];

const DRESSES: readonly ((base: string) => string)[] = [
  (base) => base,
  (base) => `">${base}`,
  (base) => `'/><!--${base}-->${base}`,
  (base) => `</textarea></title></script>${base}`,
  (base) => `https://example.org/?q=${base}`,
  (base) => `\u202e${base}\u2028`,
  (base) => `&quot;&gt;${base.replaceAll('<', '&lt;').replaceAll('>', '&#62;')}`,
  (base) => `]]>${base.toUpperCase()}\n${base}`,
];

/** 25 times 8. */
export const PAYLOADS: readonly string[] = BASES.flatMap((base) =>
  DRESSES.map((dress) => dress(base)),
);
