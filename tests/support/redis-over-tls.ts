import { readFileSync } from "node:fs";
import { connect, type TLSSocket } from "node:tls";

/** Commands in the plain form of the protocol, over TLS that trusts this authority alone. */
export async function talk(port: number, ca: string, commands: readonly string[]): Promise<string> {
  const socket: TLSSocket = connect({ port, host: "127.0.0.1", servername: "redis", ca: readFileSync(ca) });
  let said = "";
  for (const command of commands) {
    socket.write(`${command}\r\n`);
    said += await new Promise<string>((resolve, reject) => {
      socket.once("data", (answer) => resolve(answer.toString()));
      socket.once("error", reject);
    });
  }
  socket.destroy();
  return said;
}
