import { portableBackend } from '@gravy/protocol';
import { gravyPeers } from './peers/gravy.ts';
import { nodeBackend } from '@gravy/protocol/node';
import { connectSignal } from './peers/libsignal.ts';
import { connectNoise } from './peers/noise.ts';
import * as signal from '@signalapp/libsignal-client';
{ const { connect } = gravyPeers(portableBackend); const body = new Uint8Array(64);
for (const times of [1,1,2,4]) { const t=performance.now(); const {client,server}=connect(); const u=performance.now(); for(let i=0;i<times;i++) server.open(client.seal(32,body,1)); console.log('portable times',times,'whole',(performance.now()-t).toFixed(1),'connect',(u-t).toFixed(1)); } }
const { connect } = gravyPeers(nodeBackend);
const fs = await import('node:fs');
const src = fs.readFileSync(new URL('./peers/libsignal.ts', import.meta.url),'utf8').replace("await alice.decrypt(await bob.encrypt(GREETING, alice), bob);",'');
fs.writeFileSync(new URL('./peers/zz-first.ts', import.meta.url), src);
const { connectSignal: first } = await import('./peers/zz-first.ts' as string);
const c: [string, () => unknown][] = [['gravy',()=>{const x=connect();x.client.erase();x.server.erase()}],['pqxdh+reply',connectSignal],['pqxdh first',first],['noise',connectNoise]];
const s: number[][] = c.map(()=>[]);
for (let r=0;r<25;r++) for (let k=0;k<c.length;k++){const t=performance.now();for(let i=0;i<60;i++) await c[k]![1]();s[k]!.push((performance.now()-t)/60)}
const med=(v:number[])=>v.toSorted((a,b)=>a-b)[v.length>>1]!;
c.forEach(([n],k)=>console.log(n,med(s[k]!).toFixed(3),'ratio to gravy (paired)',med(s[k]!.map((v,i)=>v/s[0]![i]!)).toFixed(3)));
console.log(signal.KEMKeyPair.generate().getPublicKey().serialize().length,'KEM public key bytes');
