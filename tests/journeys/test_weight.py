"""What a first visit costs a family on a slow line."""

MOST_BYTES = 60_000


def test_the_first_visit_of_the_sign_in_page_is_light(visit, capsys):
    visitor = visit()
    wire = visitor.context.new_cdp_session(visitor.page)
    wire.send("Network.enable")
    addresses, weights = {}, {}
    wire.on("Network.responseReceived", lambda event: addresses.update({event["requestId"]: event["response"]["url"]}))
    wire.on("Network.loadingFinished", lambda event: weights.update({event["requestId"]: event["encodedDataLength"]}))
    visitor.open("/connexion/")
    visitor.page.wait_for_load_state("networkidle")

    total = sum(weights.values())
    with capsys.disabled():
        print(f"\nFirst visit of the sign-in page: {len(weights)} answers, {total / 1000:.1f} kB over the wire")
    packed = [response.headers.get("content-encoding") for response in visitor.watches[0].responses]
    assert "br" in packed
    assert total <= MOST_BYTES, sorted(((weights[key], addresses.get(key)) for key in weights), reverse=True)
