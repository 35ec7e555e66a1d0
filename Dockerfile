FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/bot ./cmd/bot \
 && mkdir -p /out/data /out/tmp

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/bot /bot
# The volume takes over the owner of the folder that it covers.
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/tmp /tmp
USER 65532:65532
# Where DATA is passed empty, the default is on the volume as well.
ENV DATA=/data XDG_DATA_HOME=/data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["/bot", "-health"]
ENTRYPOINT ["/bot"]
