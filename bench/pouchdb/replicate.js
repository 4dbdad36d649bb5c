// PouchDB ↔ an express-pouchdb server over loopback, on the documents of a JSON-lines file.
// Prints one JSON line: seconds, bytes both ways and requests of a first push, a day's push, a pull.
const fs = require("fs");
const os = require("os");
const path = require("path");
const http = require("http");
const [modules, file] = process.argv.slice(2);
const need = (name) => require(path.join(path.resolve(modules), "node_modules", name));
const PouchDB = need("pouchdb");
const express = need("express");
const expressPouch = need("express-pouchdb");

async function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "pouch-"));
  process.chdir(folder);
  fs.mkdirSync("far");
  const Far = PouchDB.defaults({ prefix: path.join(folder, "far") + path.sep });
  const web = express();
  const meter = { bytes: 0, requests: 0, sockets: new Set() };
  web.use((request, _answer, next) => {
    meter.requests += 1;
    meter.sockets.add(request.socket);
    next();
  });
  web.use("/", expressPouch(Far, { logPath: path.join(folder, "log.txt"), mode: "minimumForPouchDB" }));
  const server = http.createServer(web);
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${server.address().port}/county`;
  const measured = async (work) => {
    const before = traffic(meter);
    const requests = meter.requests;
    const start = process.hrtime.bigint();
    await work();
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    return { seconds, bytes: traffic(meter) - before, requests: meter.requests - requests };
  };
  const lines = fs.readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  const near = new PouchDB("near");
  await near.bulkDocs(lines);
  const push = await measured(() => near.replicate.to(url, { batch_size: 1000 }));
  const found = await near.allDocs({ keys: lines.slice(-100).map((one) => one._id), include_docs: true });
  await near.bulkDocs(found.rows.map((row) => ({ ...row.doc, seen: "1" })));
  const day = await measured(() => near.replicate.to(url, { batch_size: 1000 }));
  const empty = new PouchDB("empty");
  const pull = await measured(() => empty.replicate.from(url, { batch_size: 1000 }));
  const held = (await empty.info()).doc_count;
  if (held !== lines.length) throw new Error(`pulled ${held} of ${lines.length}`);
  console.log(JSON.stringify({ push, day, pull }));
  server.close();
  process.exit(0);
}

function traffic(meter) {
  let sum = 0;
  for (const socket of meter.sockets) sum += socket.bytesRead + socket.bytesWritten;
  return sum;
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
