// Shows the OpenAPI document and sends requests. Everything is written as
// text, so nothing of an answer can act in this page.
"use strict";

const byId = (id) => document.getElementById(id);

function make(tag, attributes, ...children) {
  const e = document.createElement(tag);
  Object.assign(e, attributes);
  e.append(...children);
  return e;
}

function resolve(doc, node) {
  while (node && node.$ref) {
    node = node.$ref.slice(2).split("/").reduce((at, key) => at && at[key], doc);
  }
  return node || {};
}

function table(head, rows) {
  const line = (cells, tag) => make("tr", {}, ...cells.map((c) => make(tag, {}, c)));
  return make("table", {}, line(head, "th"), ...rows.map((r) => line(r, "td")));
}

function nameOf(schema) {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  return [].concat(schema.type || "").join(" or ");
}

function showOperation(doc, path, item, method, op) {
  const base = (item.servers || doc.servers)[0].url.replace(/\/$/, "");
  const out = make("pre", { hidden: true });
  const inputs = (op.parameters || []).map((p) => ({ p, input: make("input", { spellcheck: false }) }));
  const body = op.requestBody && make("textarea", { spellcheck: false });
  const kind = op.requestBody && Object.keys(op.requestBody.content)[0];

  async function send() {
    const headers = {};
    const query = new URLSearchParams();
    let place = path;
    for (const { p, input } of inputs) {
      if (p.in === "path") place = place.replace("{" + p.name + "}", encodeURIComponent(input.value));
      else if (input.value && p.in === "query") query.set(p.name, input.value);
      else if (input.value) headers[p.name] = input.value;
    }
    if (op.security.length && byId("token").value) headers["Coder-Session-Token"] = byId("token").value;
    if (kind) headers["Content-Type"] = kind;
    out.hidden = false;
    try {
      const r = await fetch(base + place + (query.size ? "?" + query : ""), {
        method: method.toUpperCase(), headers, body: body ? body.value : undefined, credentials: "same-origin", cache: "no-store",
      });
      let text = await r.text();
      try { text = JSON.stringify(JSON.parse(text), null, 2); } catch { /* no JSON: as it is */ }
      const head = [...r.headers].map(([k, v]) => k + ": " + v).join("\n");
      out.textContent = r.status + " " + r.statusText + "\n" + head + "\n\n" + text;
    } catch (e) {
      out.textContent = "The request did not get through: " + e.message;
    }
  }

  const d = make("details", {},
    make("summary", {}, make("span", { className: "method" }, method.toUpperCase()), make("code", {}, base + path),
      make("span", { className: "summary" }, op.summary)),
    make("p", {}, op.description));
  if (inputs.length) d.append(table(["Parameter", "In", "About", "Value"], inputs.map(({ p, input }) => [p.name, p.in, p.description, input])));
  if (body) d.append(make("p", {}, "Body, " + kind + ", " + nameOf(op.requestBody.content[kind].schema) + ":"), body);
  d.append(make("p", {}, make("button", { type: "button", onclick: send }, "Send")), out);
  d.append(table(["Status", "About", "Body"], Object.entries(op.responses).map(([status, r]) => {
    r = resolve(doc, r);
    return [status, r.description, Object.values(r.content || {}).map((c) => nameOf(c.schema)).join(", ")];
  })));
  return d;
}

function showSchemas(doc) {
  return make("section", {}, make("h2", {}, "Schemas"), ...Object.entries(doc.components.schemas).map(([name, schema]) =>
    make("details", {}, make("summary", {}, make("code", {}, name)), make("pre", {}, JSON.stringify(schema, null, 2)))));
}

async function show() {
  try {
    const doc = await (await fetch("/swagger/doc.json")).json();
    document.title = byId("title").textContent = doc.info.title + " " + doc.info.version;
    byId("about").textContent = doc.info.description;
    for (const [path, item] of Object.entries(doc.paths)) {
      for (const [method, op] of Object.entries(item)) {
        if (method !== "servers") byId("operations").append(showOperation(doc, path, item, method, op));
      }
    }
    byId("operations").append(showSchemas(doc));
  } catch (e) {
    byId("about").textContent = "The document could not be read: " + e.message;
  }
}

show();
