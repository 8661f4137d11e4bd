// A client that is generated from /openapi.json, at work against a running server. Its types are the test as much as
// its answers: the compiler refuses what the description does not know. bin/test-client.sh runs it.
import createClient from "openapi-fetch";
import type { paths } from "./api.js";

declare const process: { argv: string[]; env: Record<string, string> };

const base = process.argv[2];
const key = process.env.PRONTO_APIKEY;
const client = createClient<paths>({ baseUrl: base, headers: { Authorization: `Bearer ${key}` } });
const namespace = "kb.client";
const record = { namespace, key: "a/b é" };
const bytes = { bodySerializer: (body: unknown) => String(body), headers: { "Content-Type": "application/octet-stream" } };

function expect(what: string, found: unknown, wanted: unknown) {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) {
    throw new Error(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
  }
}

const put = await client.PUT("/v1/{namespace}/{key}", { params: { path: record }, body: "al dente", ...bytes });
expect("the status of a new record", put.response.status, 201);
const again = await client.PUT("/v1/{namespace}/{key}", {
  params: { path: record, header: { "If-None-Match": "*" } }, body: "soft", ...bytes,
});
expect("the status of a condition that does not hold", again.response.status, 412);
expect("the kind of its problem", again.error?.kind, "precondition");
const value = await client.GET("/v1/{namespace}/{key}", { params: { path: record }, parseAs: "text" });
expect("the value", value.data, "al dente");
expect("its entity tag", value.response.headers.get("ETag"), put.response.headers.get("ETag"));
const load = await client.POST("/v1/stream", {
  params: { header: { "Idempotency-Key": "client-1" } }, body: `meta:path=${namespace}; b=1; c=2;`,
  bodySerializer: (body: unknown) => String(body), headers: { "Content-Type": "application/vnd.prontodb.stream" },
});
expect("the receipt of a load", [load.data?.event, load.data?.ok], ["receipt", true]);
const refused = await client.POST("/v1/stream", {
  body: `meta:path=${namespace};\nx y=1;`, bodySerializer: (body: unknown) => String(body),
  headers: { "Content-Type": "application/vnd.prontodb.stream" },
});
expect("the place of an error", [refused.error?.line, refused.error?.column], [2, 3]);
const page = await client.GET("/v1/{namespace}", { params: { path: { namespace }, query: { limit: 2 } } });
expect("a page", page.data, { namespace, records: [{ k: "a/b é", v: "al dente" }, { k: "b", v: "1" }], next: "b" });
const found = await client.GET("/v1", { params: { query: { stats: false } } });
expect("the namespaces", found.data?.namespaces.map((each) => `${each.project}.${each.namespace}`), [namespace]);
const deleted = await client.DELETE("/v1/{namespace}/{key}", { params: { path: record } });
expect("the status of a deletion", deleted.response.status, 204);
const missing = await client.GET("/v1/{namespace}/{key}", { params: { path: record }, parseAs: "text" });
expect("what is gone", missing.error?.kind, "not_found");
const health = await client.GET("/healthz");
expect("its health", health.data, { status: "ok" });
console.log("the generated client works");
