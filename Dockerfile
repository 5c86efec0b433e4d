# One image for every role: `docker run headwater work --role analyze`. It runs TypeScript as it is; nothing is built.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /opt/headwater
COPY package.json package-lock.json .npmrc ./
# The pinned Node of package.json is left out: the image is one.
RUN npm ci --ignore-scripts --omit=dev --omit=optional

FROM node:24.21.0-bookworm-slim
# `headwater stack secrets` makes certificates with openssl.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates openssl \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/headwater
COPY --from=packages /opt/headwater/node_modules node_modules
COPY . .
# A volume takes the owner of the folder it is first mounted on.
RUN mkdir -p /var/lib/headwater /var/lib/snapshots /etc/headwater \
    /secrets/ca /secrets/setup /secrets/elasticsearch /secrets/kibana /secrets/redis /secrets/workers /secrets/board \
    /secrets/explorer \
  && chown -R node:node /var/lib/headwater /var/lib/snapshots /secrets
ENV NODE_ENV=production HEADWATER_DATA=/var/lib/headwater
USER node
ENTRYPOINT ["node", "cli/headwater.js"]
CMD ["--help"]
HEALTHCHECK --interval=15s --timeout=10s --retries=4 --start-period=30s \
  CMD ["node", "cli/headwater.js", "health"]
