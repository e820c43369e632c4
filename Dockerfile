# One image for the gateway and every subgraph: the command says which of them a container is.
FROM node:24-bookworm-slim AS build
WORKDIR /app
RUN npm install --global pnpm@12
COPY pnpm-lock.yaml pnpm-workspace.yaml package.json ./
COPY patches patches
RUN pnpm fetch
COPY . .
RUN pnpm install --offline --frozen-lockfile && pnpm build

FROM node:24-bookworm-slim
ENV NODE_ENV=production ENVIRONMENT=production HOST=0.0.0.0
WORKDIR /app
COPY --from=build --chown=node:node /app /app
# A volume over it takes its owner: pictures are written there.
RUN install --directory --owner=node --group=node /app/pictures
USER node
CMD ["node", "--enable-source-maps", "gateway/dist/main.js"]
