# The emulator in an image of its own:
#
#   docker build -t acs-rest-emulator .
#   docker run -p 4280:4280 -v acs-rest-emulator:/data acs-rest-emulator
#   docker run --rm -v acs-rest-emulator:/data --entrypoint cat acs-rest-emulator /data/ca.pem > ca.pem
#
# The volume keeps the certificate authority; the last command gives the file that clients have to trust.
FROM rust:1.95-slim-bookworm AS build
WORKDIR /source
COPY . .
RUN cargo build --locked --release -p acs-rest-emulator && strip target/release/acs-rest-emulator

FROM debian:bookworm-slim
RUN useradd --system emulator && install -d -m 700 -o emulator /data
COPY --from=build /source/target/release/acs-rest-emulator /usr/local/bin/
USER emulator
ENV ACS_EMULATOR_HOST=0.0.0.0 \
    ACS_EMULATOR_CERTIFICATES=/data \
    ACS_EMULATOR_CERTIFICATE_NAME=host.docker.internal,emulator
EXPOSE 4280
VOLUME /data
ENTRYPOINT ["acs-rest-emulator"]
