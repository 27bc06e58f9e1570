CREATE TABLE public.attempt (
    id bigint NOT NULL,
    token character varying(64) DEFAULT ''::character varying NOT NULL,
    "order" bigint NOT NULL,
    order_version integer DEFAULT 0 NOT NULL,
    state character varying(10) DEFAULT 'creating'::character varying NOT NULL,
    amount bigint DEFAULT 0 NOT NULL,
    currency character varying(3) DEFAULT ''::character varying NOT NULL,
    livemode boolean DEFAULT false NOT NULL,
    idempotency_key character varying(64) DEFAULT ''::character varying NOT NULL,
    parameters jsonb DEFAULT '{}'::jsonb NOT NULL,
    session_id character varying(255) DEFAULT NULL::character varying,
    session_url character varying(2000) DEFAULT NULL::character varying,
    payment_intent_id character varying(255) DEFAULT NULL::character varying,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    expires_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    checked_at timestamp with time zone,
    ended_at timestamp with time zone,
    why character varying(300) DEFAULT NULL::character varying,
    CONSTRAINT attempt_amount_is_charged CHECK ((amount > 0)),
    CONSTRAINT attempt_open_has_a_session CHECK ((((state)::text <> 'open'::text) OR (session_id IS NOT NULL))),
    CONSTRAINT attempt_state_is_known CHECK (((state)::text = ANY ((ARRAY['creating'::character varying, 'open'::character varying, 'processing'::character varying, 'paid'::character varying, 'failed'::character varying, 'expired'::character varying])::text[])))
);
CREATE SEQUENCE public.attempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.attempt_id_seq OWNED BY public.attempt.id;
CREATE TABLE public.collection (
    id bigint NOT NULL,
    slug character varying(100) DEFAULT ''::character varying NOT NULL,
    title character varying(200) DEFAULT ''::character varying NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    "position" integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE public.collection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.collection_id_seq OWNED BY public.collection.id;
CREATE TABLE public.customer (
    id bigint NOT NULL,
    email character varying(254) DEFAULT ''::character varying NOT NULL,
    password_hash character varying(200) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    anonymised_at timestamp with time zone,
    CONSTRAINT customer_email_is_normal CHECK ((((email)::text = lower((email)::text)) AND ((email)::text <> ''::text)))
);
CREATE SEQUENCE public.customer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.customer_id_seq OWNED BY public.customer.id;
CREATE TABLE public.dispute (
    id bigint NOT NULL,
    payment bigint NOT NULL,
    stripe_dispute_id character varying(255) DEFAULT ''::character varying NOT NULL,
    status character varying(50) DEFAULT ''::character varying NOT NULL,
    reason character varying(100) DEFAULT ''::character varying NOT NULL,
    amount bigint DEFAULT 0 NOT NULL,
    currency character varying(3) DEFAULT ''::character varying NOT NULL,
    refundable boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE SEQUENCE public.dispute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dispute_id_seq OWNED BY public.dispute.id;
CREATE TABLE public.installation (
    id integer DEFAULT 1 NOT NULL,
    shop character varying(64) DEFAULT ''::character varying NOT NULL,
    stripe character varying(100) DEFAULT NULL::character varying,
    events_read_to timestamp with time zone,
    CONSTRAINT installation_is_one_row CHECK ((id = 1))
);
CREATE TABLE public.lease (
    name character varying(50) DEFAULT ''::character varying NOT NULL,
    holder character varying(64) DEFAULT ''::character varying NOT NULL,
    until timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE TABLE public.line (
    id bigint NOT NULL,
    token character varying(64) DEFAULT ''::character varying NOT NULL,
    "order" bigint NOT NULL,
    variant bigint NOT NULL,
    quantity integer DEFAULT 0 NOT NULL,
    sku character varying(100) DEFAULT NULL::character varying,
    title character varying(300) DEFAULT NULL::character varying,
    unit_price bigint,
    total bigint,
    CONSTRAINT line_quantity_in_range CHECK (((quantity >= 1) AND (quantity <= 999))),
    CONSTRAINT line_total_is_the_product CHECK (((total IS NULL) OR (total = (unit_price * quantity))))
);
CREATE SEQUENCE public.line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.line_id_seq OWNED BY public.line.id;
CREATE TABLE public.log (
    id bigint NOT NULL,
    "order" bigint NOT NULL,
    at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    actor character varying(300) DEFAULT ''::character varying NOT NULL,
    what character varying(100) DEFAULT ''::character varying NOT NULL,
    why text DEFAULT ''::text NOT NULL
);
CREATE SEQUENCE public.log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.log_id_seq OWNED BY public.log.id;
CREATE TABLE public.migration (
    id integer NOT NULL,
    name character varying(200) DEFAULT ''::character varying NOT NULL,
    app_name character varying(200) DEFAULT ''::character varying NOT NULL,
    ran_on timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE SEQUENCE public.migration_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.migration_id_seq OWNED BY public.migration.id;
CREATE TABLE public."order" (
    id bigint NOT NULL,
    token character varying(64) DEFAULT ''::character varying NOT NULL,
    number character varying(8) DEFAULT NULL::character varying,
    status character varying(10) DEFAULT 'cart'::character varying NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    customer bigint,
    guest_key character varying(64) DEFAULT NULL::character varying,
    email character varying(254) DEFAULT ''::character varying NOT NULL,
    locale character varying(20) DEFAULT ''::character varying NOT NULL,
    currency character varying(3) DEFAULT ''::character varying NOT NULL,
    lines_total bigint DEFAULT 0 NOT NULL,
    discount_total bigint DEFAULT 0 NOT NULL,
    delivery_total bigint DEFAULT 0 NOT NULL,
    tax_added bigint DEFAULT 0 NOT NULL,
    tax_included bigint DEFAULT 0 NOT NULL,
    total bigint DEFAULT 0 NOT NULL,
    deliver_to jsonb,
    review character varying(300) DEFAULT NULL::character varying,
    stripe_session_id character varying(255) DEFAULT NULL::character varying,
    stripe_payment_intent_id character varying(255) DEFAULT NULL::character varying,
    stripe_charge_id character varying(255) DEFAULT NULL::character varying,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    placed_at timestamp with time zone,
    paid_at timestamp with time zone,
    cancelling_at timestamp with time zone,
    CONSTRAINT order_amounts_are_no_debts CHECK (((lines_total >= 0) AND (discount_total >= 0) AND (delivery_total >= 0) AND (tax_added >= 0) AND (tax_included >= 0) AND (total >= 0))),
    CONSTRAINT order_cart_has_an_owner CHECK ((((status)::text <> 'cart'::text) OR (customer IS NOT NULL) OR (guest_key IS NOT NULL))),
    CONSTRAINT order_has_one_owner_at_most CHECK (((customer IS NULL) OR (guest_key IS NULL))),
    CONSTRAINT order_paid_has_a_time CHECK ((((status)::text <> 'paid'::text) OR (paid_at IS NOT NULL))),
    CONSTRAINT order_placed_has_a_number CHECK ((((status)::text = ANY ((ARRAY['cart'::character varying, 'cancelled'::character varying])::text[])) OR ((number IS NOT NULL) AND (placed_at IS NOT NULL)))),
    CONSTRAINT order_status_is_known CHECK (((status)::text = ANY ((ARRAY['cart'::character varying, 'pending'::character varying, 'processing'::character varying, 'paid'::character varying, 'cancelled'::character varying])::text[]))),
    CONSTRAINT order_total_adds_up CHECK ((total = (((lines_total - discount_total) + delivery_total) + tax_added)))
);
CREATE SEQUENCE public.order_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.order_id_seq OWNED BY public."order".id;
CREATE TABLE public.outbox (
    id bigint NOT NULL,
    key character varying(200) DEFAULT ''::character varying NOT NULL,
    kind character varying(50) DEFAULT ''::character varying NOT NULL,
    recipient character varying(254) DEFAULT ''::character varying NOT NULL,
    locale character varying(20) DEFAULT ''::character varying NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    written_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    send_after timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    problem character varying(500) DEFAULT NULL::character varying,
    sent_at timestamp with time zone,
    given_up_at timestamp with time zone
);
CREATE SEQUENCE public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.outbox_id_seq OWNED BY public.outbox.id;
CREATE TABLE public.payment (
    id bigint NOT NULL,
    "order" bigint,
    attempt bigint,
    session_id character varying(255) DEFAULT NULL::character varying,
    payment_intent_id character varying(255) DEFAULT ''::character varying NOT NULL,
    charge_id character varying(255) DEFAULT NULL::character varying,
    amount bigint DEFAULT 0 NOT NULL,
    currency character varying(3) DEFAULT ''::character varying NOT NULL,
    received_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    problem character varying(300) DEFAULT NULL::character varying,
    CONSTRAINT payment_amount_is_no_debt CHECK ((amount >= 0))
);
CREATE SEQUENCE public.payment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.payment_id_seq OWNED BY public.payment.id;
CREATE TABLE public.picture (
    id bigint NOT NULL,
    product bigint NOT NULL,
    variant bigint,
    "position" integer DEFAULT 0 NOT NULL,
    alt character varying(300) DEFAULT ''::character varying NOT NULL,
    width integer DEFAULT 0 NOT NULL,
    height integer DEFAULT 0 NOT NULL,
    digest character varying(64) DEFAULT ''::character varying NOT NULL,
    extension character varying(5) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT picture_has_a_size CHECK (((width > 0) AND (height > 0)))
);
CREATE SEQUENCE public.picture_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.picture_id_seq OWNED BY public.picture.id;
CREATE TABLE public.product (
    id bigint NOT NULL,
    slug character varying(100) DEFAULT ''::character varying NOT NULL,
    title character varying(200) DEFAULT ''::character varying NOT NULL,
    summary character varying(300) DEFAULT ''::character varying NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    collection bigint,
    option1 character varying(50) DEFAULT ''::character varying NOT NULL,
    option2 character varying(50) DEFAULT ''::character varying NOT NULL,
    option3 character varying(50) DEFAULT ''::character varying NOT NULL,
    featured boolean DEFAULT false NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    retired_at timestamp with time zone
);
CREATE SEQUENCE public.product_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.product_id_seq OWNED BY public.product.id;
CREATE TABLE public.refund (
    id bigint NOT NULL,
    token character varying(64) DEFAULT ''::character varying NOT NULL,
    payment bigint NOT NULL,
    stripe_refund_id character varying(255) DEFAULT NULL::character varying,
    idempotency_key character varying(64) DEFAULT ''::character varying NOT NULL,
    amount bigint DEFAULT 0 NOT NULL,
    currency character varying(3) DEFAULT ''::character varying NOT NULL,
    state character varying(20) DEFAULT 'requested'::character varying NOT NULL,
    requested_by character varying(300) DEFAULT ''::character varying NOT NULL,
    why character varying(300) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    checked_at timestamp with time zone,
    CONSTRAINT refund_amount_is_positive CHECK ((amount > 0))
);
CREATE SEQUENCE public.refund_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.refund_id_seq OWNED BY public.refund.id;
CREATE TABLE public.sign_in (
    id bigint NOT NULL,
    digest character varying(64) DEFAULT ''::character varying NOT NULL,
    customer bigint NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    expires_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE SEQUENCE public.sign_in_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sign_in_id_seq OWNED BY public.sign_in.id;
CREATE TABLE public.sign_in_tries (
    id bigint NOT NULL,
    key character varying(64) DEFAULT ''::character varying NOT NULL,
    tries integer DEFAULT 1 NOT NULL,
    until timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE SEQUENCE public.sign_in_tries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sign_in_tries_id_seq OWNED BY public.sign_in_tries.id;
CREATE TABLE public.stripe_event (
    event_id character varying(255) DEFAULT ''::character varying NOT NULL,
    kind character varying(100) DEFAULT ''::character varying NOT NULL,
    session_id character varying(255) DEFAULT NULL::character varying,
    payment_intent_id character varying(255) DEFAULT NULL::character varying,
    charge_id character varying(255) DEFAULT NULL::character varying,
    attempt character varying(64) DEFAULT NULL::character varying,
    shop character varying(64) DEFAULT NULL::character varying,
    received_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    try_after timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    problem character varying(500) DEFAULT NULL::character varying,
    result character varying(100) DEFAULT NULL::character varying,
    processed_at timestamp with time zone,
    given_up_at timestamp with time zone
);
CREATE TABLE public.variant (
    id bigint NOT NULL,
    product bigint NOT NULL,
    sku character varying(100) DEFAULT ''::character varying NOT NULL,
    option1 character varying(100) DEFAULT ''::character varying NOT NULL,
    option2 character varying(100) DEFAULT ''::character varying NOT NULL,
    option3 character varying(100) DEFAULT ''::character varying NOT NULL,
    price bigint DEFAULT 0 NOT NULL,
    currency character varying(3) DEFAULT ''::character varying NOT NULL,
    on_hand integer DEFAULT 0 NOT NULL,
    reserved integer DEFAULT 0 NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT variant_currency_is_a_code CHECK (((length((currency)::text) = 3) AND ((currency)::text = upper((currency)::text)))),
    CONSTRAINT variant_never_oversold CHECK (((reserved >= 0) AND (reserved <= on_hand))),
    CONSTRAINT variant_on_hand_in_range CHECK ((on_hand <= 1000000000)),
    CONSTRAINT variant_price_in_range CHECK (((price >= 0) AND (price <= 99999999)))
);
CREATE SEQUENCE public.variant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.variant_id_seq OWNED BY public.variant.id;
ALTER TABLE ONLY public.attempt ALTER COLUMN id SET DEFAULT nextval('public.attempt_id_seq'::regclass);
ALTER TABLE ONLY public.collection ALTER COLUMN id SET DEFAULT nextval('public.collection_id_seq'::regclass);
ALTER TABLE ONLY public.customer ALTER COLUMN id SET DEFAULT nextval('public.customer_id_seq'::regclass);
ALTER TABLE ONLY public.dispute ALTER COLUMN id SET DEFAULT nextval('public.dispute_id_seq'::regclass);
ALTER TABLE ONLY public.line ALTER COLUMN id SET DEFAULT nextval('public.line_id_seq'::regclass);
ALTER TABLE ONLY public.log ALTER COLUMN id SET DEFAULT nextval('public.log_id_seq'::regclass);
ALTER TABLE ONLY public.migration ALTER COLUMN id SET DEFAULT nextval('public.migration_id_seq'::regclass);
ALTER TABLE ONLY public."order" ALTER COLUMN id SET DEFAULT nextval('public.order_id_seq'::regclass);
ALTER TABLE ONLY public.outbox ALTER COLUMN id SET DEFAULT nextval('public.outbox_id_seq'::regclass);
ALTER TABLE ONLY public.payment ALTER COLUMN id SET DEFAULT nextval('public.payment_id_seq'::regclass);
ALTER TABLE ONLY public.picture ALTER COLUMN id SET DEFAULT nextval('public.picture_id_seq'::regclass);
ALTER TABLE ONLY public.product ALTER COLUMN id SET DEFAULT nextval('public.product_id_seq'::regclass);
ALTER TABLE ONLY public.refund ALTER COLUMN id SET DEFAULT nextval('public.refund_id_seq'::regclass);
ALTER TABLE ONLY public.sign_in ALTER COLUMN id SET DEFAULT nextval('public.sign_in_id_seq'::regclass);
ALTER TABLE ONLY public.sign_in_tries ALTER COLUMN id SET DEFAULT nextval('public.sign_in_tries_id_seq'::regclass);
ALTER TABLE ONLY public.variant ALTER COLUMN id SET DEFAULT nextval('public.variant_id_seq'::regclass);
INSERT INTO public.attempt VALUES (1, 'JH7KXg5b46mHIyURANKKpeJgxB04kLSNxgEHVgzeru0', 1, 2, 'paid', 4467, 'EUR', false, 'zhQrJx4ReBlXnWxvzUDTL8zcrN6rdIMKnSlefH9NgBQ', '{"mode": "payment", "metadata": {"shop": "dd4ec7004fcb1ed62971e6f8d81b88f0", "order": "807XDYD4", "attempt": "JH7KXg5b46mHIyURANKKpeJgxB04kLSNxgEHVgzeru0"}, "cancel_url": "http://localhost:33243/orders/Slw4hyAQNX745B02ZOqbRDp-u54ZIX_rmxaMNqpNoXQ?cancelled=1", "expires_at": 1795523707, "line_items": [{"quantity": 2, "price_data": {"currency": "eur", "unit_amount": 1234, "product_data": {"name": "Mug (Clay)"}}}, {"quantity": 1, "price_data": {"currency": "eur", "unit_amount": 1999, "product_data": {"name": "Bowl"}}}], "success_url": "http://localhost:33243/checkout/return?session_id={CHECKOUT_SESSION_ID}", "customer_email": "ada@example.com", "client_reference_id": "807XDYD4", "payment_intent_data": {"metadata": {"shop": "dd4ec7004fcb1ed62971e6f8d81b88f0", "order": "807XDYD4", "attempt": "JH7KXg5b46mHIyURANKKpeJgxB04kLSNxgEHVgzeru0"}}}', 'cs_test_a1MlylN3rbsZ9CdYWAFAu9uhcXQNDbGeWUHv003GeuhFazLD96GwPiBjzpdI', 'http://127.0.0.1:33244/c/pay/cs_test_a1MlylN3rbsZ9CdYWAFAu9uhcXQNDbGeWUHv003GeuhFazLD96GwPiBjzpdI', 'pi_3YG9eSW7eNuG2DtQ5tDkgZo7o', '2026-11-24 12:00:07.431509+00', '2026-11-24 12:35:07+00', '2026-11-24 12:00:07.627346+00', '2026-11-24 12:00:07.627346+00', NULL);
INSERT INTO public.attempt VALUES (2, 'fFzK8CsKOY5mboDw2sz45fwbLF5AKmFA75a8KadFgmE', 2, 1, 'paid', 1999, 'EUR', false, 'yA1o-K0erJqOTdq-V4rXAzrVFtbD_kcKijupkqJqtnw', '{"mode": "payment", "metadata": {"shop": "dd4ec7004fcb1ed62971e6f8d81b88f0", "order": "H1VWG03K", "attempt": "fFzK8CsKOY5mboDw2sz45fwbLF5AKmFA75a8KadFgmE"}, "cancel_url": "http://localhost:33243/orders/ct5FK7w6nlXf8dMvpb_b8xmAx-E5Hnd2nPJaBpyZAgI?cancelled=1", "expires_at": 1795523707, "line_items": [{"quantity": 1, "price_data": {"currency": "eur", "unit_amount": 1999, "product_data": {"name": "Bowl"}}}], "success_url": "http://localhost:33243/checkout/return?session_id={CHECKOUT_SESSION_ID}", "customer_email": "ada@example.com", "client_reference_id": "H1VWG03K", "payment_intent_data": {"metadata": {"shop": "dd4ec7004fcb1ed62971e6f8d81b88f0", "order": "H1VWG03K", "attempt": "fFzK8CsKOY5mboDw2sz45fwbLF5AKmFA75a8KadFgmE"}}}', 'cs_test_a19899u9cIEa5J8MMUmiIGajeUKvOibADaL7fVhVSSVQgxrO8k08P0O07O79', 'http://127.0.0.1:33244/c/pay/cs_test_a19899u9cIEa5J8MMUmiIGajeUKvOibADaL7fVhVSSVQgxrO8k08P0O07O79', 'pi_3GftsGLrTacSTIvCpuz0JRvrW', '2026-11-24 12:00:07.859718+00', '2026-11-24 12:35:07+00', '2026-11-24 12:00:07.941659+00', '2026-11-24 12:00:07.941659+00', NULL);
INSERT INTO public.attempt VALUES (3, 'x5JU5vR4hpyt-8sbE0QQXlIQB0ZjF91RulvSb3FyEg4', 3, 1, 'open', 4900, 'EUR', false, 'EE7EfQG9O0QUz54x4jnGqvOr7UdROeiK09tx-vcqiy0', '{"mode": "payment", "metadata": {"shop": "dd4ec7004fcb1ed62971e6f8d81b88f0", "order": "ZHJ3T307", "attempt": "x5JU5vR4hpyt-8sbE0QQXlIQB0ZjF91RulvSb3FyEg4"}, "cancel_url": "http://localhost:33243/orders/k1DNqxjAAokCNF3Id1p8R14a1yN5WE6lRsEwanatd3g?cancelled=1", "expires_at": 1795523708, "line_items": [{"quantity": 1, "price_data": {"currency": "eur", "unit_amount": 4900, "product_data": {"name": "Kettle"}}}], "success_url": "http://localhost:33243/checkout/return?session_id={CHECKOUT_SESSION_ID}", "customer_email": "cleo@example.com", "client_reference_id": "ZHJ3T307", "payment_intent_data": {"metadata": {"shop": "dd4ec7004fcb1ed62971e6f8d81b88f0", "order": "ZHJ3T307", "attempt": "x5JU5vR4hpyt-8sbE0QQXlIQB0ZjF91RulvSb3FyEg4"}}}', 'cs_test_a1iJro25yHhcWDBoct65Tjwif8rr1WiuWm8oZM2j8SyekR750NfoL6UrV2Of', 'http://127.0.0.1:33244/c/pay/cs_test_a1iJro25yHhcWDBoct65Tjwif8rr1WiuWm8oZM2j8SyekR750NfoL6UrV2Of', NULL, '2026-11-24 12:00:08.168744+00', '2026-11-24 12:35:08+00', '2026-11-24 12:00:08.178093+00', NULL, NULL);
INSERT INTO public.attempt VALUES (4, 'x4Nvr0Vz3CxmERB1IWWGUpiRPbZBknkDEKIdAcMWLI4', 4, 1, 'processing', 1234, 'EUR', false, 'qdqO1_LoGz_n-goAu7hanv4Btn2RwLEUyYkvleCvorQ', '{"mode": "payment", "metadata": {"shop": "dd4ec7004fcb1ed62971e6f8d81b88f0", "order": "ZEKJQX9M", "attempt": "x4Nvr0Vz3CxmERB1IWWGUpiRPbZBknkDEKIdAcMWLI4"}, "cancel_url": "http://localhost:33243/orders/Z0FpT1yaQZQLgrOodxoJaWf3cgtcKa8t0cqjhxl-4rM?cancelled=1", "expires_at": 1795523708, "line_items": [{"quantity": 1, "price_data": {"currency": "eur", "unit_amount": 1234, "product_data": {"name": "Mug (Clay)"}}}], "success_url": "http://localhost:33243/checkout/return?session_id={CHECKOUT_SESSION_ID}", "customer_email": "ben@example.com", "client_reference_id": "ZEKJQX9M", "payment_intent_data": {"metadata": {"shop": "dd4ec7004fcb1ed62971e6f8d81b88f0", "order": "ZEKJQX9M", "attempt": "x4Nvr0Vz3CxmERB1IWWGUpiRPbZBknkDEKIdAcMWLI4"}}}', 'cs_test_a1wQcDxL3xgnYqTJkIiBp2Al9URfAXSb85wnp7MO6RqnAXa48L88DekZ6PCi', 'http://127.0.0.1:33244/c/pay/cs_test_a1wQcDxL3xgnYqTJkIiBp2Al9URfAXSb85wnp7MO6RqnAXa48L88DekZ6PCi', 'pi_3HH9OC3beXOn2nIR1f90XF1Tt', '2026-11-24 12:00:08.220195+00', '2026-11-24 12:35:08+00', '2026-11-24 12:00:08.303824+00', NULL, NULL);
INSERT INTO public.attempt VALUES (5, 'H65MS5JfPJ_oBzGpdhlIHnKLKnsKyQFFs8KaVEQXw0A', 5, 1, 'expired', 1999, 'EUR', false, 'm9QDLL8E3Kwopv-U0Icu4CihqSshg7Gp8NVfmHklX50', '{"mode": "payment", "metadata": {"shop": "dd4ec7004fcb1ed62971e6f8d81b88f0", "order": "YC2BTGXA", "attempt": "H65MS5JfPJ_oBzGpdhlIHnKLKnsKyQFFs8KaVEQXw0A"}, "cancel_url": "http://localhost:33243/orders/ajqOhag_gVcJ2hL2A4C3edjIeZdoWqip4F1S9YruoBU?cancelled=1", "expires_at": 1795523708, "line_items": [{"quantity": 1, "price_data": {"currency": "eur", "unit_amount": 1999, "product_data": {"name": "Bowl"}}}], "success_url": "http://localhost:33243/checkout/return?session_id={CHECKOUT_SESSION_ID}", "customer_email": "ben@example.com", "client_reference_id": "YC2BTGXA", "payment_intent_data": {"metadata": {"shop": "dd4ec7004fcb1ed62971e6f8d81b88f0", "order": "YC2BTGXA", "attempt": "H65MS5JfPJ_oBzGpdhlIHnKLKnsKyQFFs8KaVEQXw0A"}}}', 'cs_test_a1Na2gBIfVAoBnq4sZ8nkrl9FQZiuuJGM4PzAH4QHfZuziyVnw86cQdGeGvC', 'http://127.0.0.1:33244/c/pay/cs_test_a1Na2gBIfVAoBnq4sZ8nkrl9FQZiuuJGM4PzAH4QHfZuziyVnw86cQdGeGvC', NULL, '2026-11-24 12:00:08.357999+00', '2026-11-24 12:35:08+00', '2026-11-24 12:00:08.398924+00', '2026-11-24 12:00:08.398924+00', 'the session expired at Stripe');
INSERT INTO public.attempt VALUES (6, 'wHE6OIR9-fX3nF3pmqWmVPQH2l5zxWVsIqHrzxVpTXQ', 6, 1, 'creating', 1234, 'EUR', false, '7xzYqG3wEQ-4M4HvVVeO5QjMQONbyZpf3Q-M2y5L1yM', '{"mode": "payment", "metadata": {"shop": "dd4ec7004fcb1ed62971e6f8d81b88f0", "order": "K4ZRTV61", "attempt": "wHE6OIR9-fX3nF3pmqWmVPQH2l5zxWVsIqHrzxVpTXQ"}, "cancel_url": "http://localhost:33243/orders/BukgKAsYDPBKagzCf-MKnQsate6MlO9kzPinLS0jcZw?cancelled=1", "expires_at": 1795523708, "line_items": [{"quantity": 1, "price_data": {"currency": "eur", "unit_amount": 1234, "product_data": {"name": "Mug (Clay)"}}}], "success_url": "http://localhost:33243/checkout/return?session_id={CHECKOUT_SESSION_ID}", "customer_email": "ben@example.com", "client_reference_id": "K4ZRTV61", "payment_intent_data": {"metadata": {"shop": "dd4ec7004fcb1ed62971e6f8d81b88f0", "order": "K4ZRTV61", "attempt": "wHE6OIR9-fX3nF3pmqWmVPQH2l5zxWVsIqHrzxVpTXQ"}}}', NULL, NULL, NULL, '2026-11-24 12:00:08.467483+00', '2026-11-24 12:35:08+00', NULL, NULL, NULL);
INSERT INTO public.customer VALUES (1, 'ada@example.com', '$argon2id$v=19$m=19456,t=2,p=1$8P+CdyaLpDotzPPCagPAKg$eos+4jTdruiDGgZtxQXAJ5vnDSe76H0Q+45Udhmy69s', '2026-11-24 12:00:07.14222+00', NULL);
INSERT INTO public.installation VALUES (1, 'dd4ec7004fcb1ed62971e6f8d81b88f0', NULL, NULL);
INSERT INTO public.line VALUES (1, 'trptE7G8dO9DmCNpF3uGwQ', 1, 1, 2, 'MUG-CLAY', 'Mug (Clay)', 1234, 2468);
INSERT INTO public.line VALUES (2, 'aEVtmIZ0tbB5yTQq9T1GSQ', 1, 3, 1, 'BOWL', 'Bowl', 1999, 1999);
INSERT INTO public.line VALUES (3, 'P7bMpFST3o30ZW4T6j-dbQ', 2, 3, 1, 'BOWL', 'Bowl', 1999, 1999);
INSERT INTO public.line VALUES (4, 'khcMR_oWiZInt2z2RitspA', 3, 4, 1, 'KETTLE', 'Kettle', 4900, 4900);
INSERT INTO public.line VALUES (5, '3wGrUTsNVct35v10Y9Q6Tg', 4, 1, 1, 'MUG-CLAY', 'Mug (Clay)', 1234, 1234);
INSERT INTO public.line VALUES (6, '9wBhg64KpMLY6Sc_NLcsKQ', 5, 3, 1, 'BOWL', 'Bowl', 1999, 1999);
INSERT INTO public.line VALUES (7, '06M_7iez6I0jxBLaYY8c4w', 6, 1, 1, 'MUG-CLAY', 'Mug (Clay)', 1234, 1234);
INSERT INTO public.line VALUES (8, 'wWymBpWPsnlcdO1q1TDIzQ', 7, 4, 1, NULL, NULL, NULL, NULL);
INSERT INTO public.log VALUES (1, 1, '2026-11-24 12:00:07.418594+00', 'shopper', 'pending', 'placed');
INSERT INTO public.log VALUES (2, 1, '2026-11-24 12:00:07.48255+00', 'shopper', 'attempt open', 'cs_test_a1MlylN3rbsZ9CdYWAFAu9uhcXQNDbGeWUHv003GeuhFazLD96GwPiBjzpdI');
INSERT INTO public.log VALUES (3, 1, '2026-11-24 12:00:07.628145+00', 'stripe', 'attempt paid', 'cs_test_a1MlylN3rbsZ9CdYWAFAu9uhcXQNDbGeWUHv003GeuhFazLD96GwPiBjzpdI');
INSERT INTO public.log VALUES (4, 1, '2026-11-24 12:00:07.631344+00', 'stripe', 'paid', 'paid by cs_test_a1MlylN3rbsZ9CdYWAFAu9uhcXQNDbGeWUHv003GeuhFazLD96GwPiBjzpdI');
INSERT INTO public.log VALUES (5, 2, '2026-11-24 12:00:07.840545+00', 'shopper', 'pending', 'placed');
INSERT INTO public.log VALUES (6, 2, '2026-11-24 12:00:07.874469+00', 'shopper', 'attempt open', 'cs_test_a19899u9cIEa5J8MMUmiIGajeUKvOibADaL7fVhVSSVQgxrO8k08P0O07O79');
INSERT INTO public.log VALUES (7, 2, '2026-11-24 12:00:07.943263+00', 'stripe', 'attempt paid', 'cs_test_a19899u9cIEa5J8MMUmiIGajeUKvOibADaL7fVhVSSVQgxrO8k08P0O07O79');
INSERT INTO public.log VALUES (8, 2, '2026-11-24 12:00:07.956961+00', 'stripe', 'paid', 'paid by cs_test_a19899u9cIEa5J8MMUmiIGajeUKvOibADaL7fVhVSSVQgxrO8k08P0O07O79');
INSERT INTO public.log VALUES (9, 2, '2026-11-24 12:00:08.035141+00', 'staff:merchant@example.com', 'refund', '500 EUR: a chip in the rim');
INSERT INTO public.log VALUES (10, 3, '2026-11-24 12:00:08.165757+00', 'shopper', 'pending', 'placed');
INSERT INTO public.log VALUES (11, 3, '2026-11-24 12:00:08.178732+00', 'shopper', 'attempt open', 'cs_test_a1iJro25yHhcWDBoct65Tjwif8rr1WiuWm8oZM2j8SyekR750NfoL6UrV2Of');
INSERT INTO public.log VALUES (12, 4, '2026-11-24 12:00:08.215841+00', 'shopper', 'pending', 'placed');
INSERT INTO public.log VALUES (13, 4, '2026-11-24 12:00:08.228839+00', 'shopper', 'attempt open', 'cs_test_a1wQcDxL3xgnYqTJkIiBp2Al9URfAXSb85wnp7MO6RqnAXa48L88DekZ6PCi');
INSERT INTO public.log VALUES (14, 4, '2026-11-24 12:00:08.299825+00', 'stripe', 'attempt processing', 'cs_test_a1wQcDxL3xgnYqTJkIiBp2Al9URfAXSb85wnp7MO6RqnAXa48L88DekZ6PCi');
INSERT INTO public.log VALUES (15, 4, '2026-11-24 12:00:08.30174+00', 'stripe', 'processing', 'the bank has not confirmed the payment yet');
INSERT INTO public.log VALUES (16, 5, '2026-11-24 12:00:08.355475+00', 'shopper', 'pending', 'placed');
INSERT INTO public.log VALUES (17, 5, '2026-11-24 12:00:08.366875+00', 'shopper', 'attempt open', 'cs_test_a1Na2gBIfVAoBnq4sZ8nkrl9FQZiuuJGM4PzAH4QHfZuziyVnw86cQdGeGvC');
INSERT INTO public.log VALUES (18, 5, '2026-11-24 12:00:08.374588+00', 'staff:merchant@example.com', 'cancelling', 'asked for by telephone');
INSERT INTO public.log VALUES (19, 5, '2026-11-24 12:00:08.399497+00', 'staff:merchant@example.com', 'attempt expired', 'the session expired at Stripe');
INSERT INTO public.log VALUES (20, 5, '2026-11-24 12:00:08.401497+00', 'staff:merchant@example.com', 'cancelled', 'The time for paying ran out.');
INSERT INTO public.log VALUES (21, 6, '2026-11-24 12:00:08.464448+00', 'shopper', 'pending', 'placed');
INSERT INTO public.migration VALUES (1, '2026-11-24T06:46:04:970081', 'mail', '2026-11-24 12:00:05.717402');
INSERT INTO public.migration VALUES (2, '2026-11-24T06:46:06:492624', 'customers', '2026-11-24 12:00:05.817784');
INSERT INTO public.migration VALUES (3, '2026-11-24T06:57:55:859703', 'customers', '2026-11-24 12:00:05.839984');
INSERT INTO public.migration VALUES (4, '2026-11-24T06:46:08:024708', 'catalogue', '2026-11-24 12:00:05.905476');
INSERT INTO public.migration VALUES (5, '2026-11-24T06:46:09:646935', 'orders', '2026-11-24 12:00:05.965962');
INSERT INTO public.migration VALUES (6, '2026-11-24T06:50:00:000000', 'orders', '2026-11-24 12:00:05.986191');
INSERT INTO public.migration VALUES (7, '2026-11-24T06:46:11:264818', 'payments', '2026-11-24 12:00:06.062791');
INSERT INTO public.migration VALUES (8, '2026-11-24T06:51:00:000000', 'payments', '2026-11-24 12:00:06.087443');
INSERT INTO public.migration VALUES (9, '2026-11-24T08:34:01:997390', 'payments', '2026-11-24 12:00:06.101567');
INSERT INTO public."order" VALUES (4, 'Z0FpT1yaQZQLgrOodxoJaWf3cgtcKa8t0cqjhxl-4rM', 'ZEKJQX9M', 'processing', 1, NULL, 'b6985c58ca487e5f1b24b168c5de44f99cad92cea46e7978611dc2a901628cfc', 'ben@example.com', 'en', 'EUR', 1234, 0, 0, 0, 0, 1234, NULL, NULL, NULL, NULL, NULL, '2026-11-24 12:00:08.198548+00', '2026-11-24 12:00:08.214384+00', NULL, NULL);
INSERT INTO public."order" VALUES (1, 'Slw4hyAQNX745B02ZOqbRDp-u54ZIX_rmxaMNqpNoXQ', '807XDYD4', 'paid', 2, 1, NULL, 'ada@example.com', 'en', 'EUR', 4467, 0, 0, 0, 0, 4467, NULL, NULL, 'cs_test_a1MlylN3rbsZ9CdYWAFAu9uhcXQNDbGeWUHv003GeuhFazLD96GwPiBjzpdI', 'pi_3YG9eSW7eNuG2DtQ5tDkgZo7o', 'ch_3Kggtuc593ESWDn4MPqwNcFRq', '2026-11-24 12:00:07.2783+00', '2026-11-24 12:00:07.416679+00', '2026-11-24 12:00:07.628679+00', NULL);
INSERT INTO public."order" VALUES (5, 'ajqOhag_gVcJ2hL2A4C3edjIeZdoWqip4F1S9YruoBU', 'YC2BTGXA', 'cancelled', 1, NULL, '035ff85eebef78b531fb741a71890465902a3179d1f2c6fc22853649444375c8', 'ben@example.com', 'en', 'EUR', 1999, 0, 0, 0, 0, 1999, NULL, NULL, NULL, NULL, NULL, '2026-11-24 12:00:08.331052+00', '2026-11-24 12:00:08.354367+00', NULL, '2026-11-24 12:00:08.374084+00');
INSERT INTO public."order" VALUES (2, 'ct5FK7w6nlXf8dMvpb_b8xmAx-E5Hnd2nPJaBpyZAgI', 'H1VWG03K', 'paid', 1, 1, NULL, 'ada@example.com', 'en', 'EUR', 1999, 0, 0, 0, 0, 1999, NULL, NULL, 'cs_test_a19899u9cIEa5J8MMUmiIGajeUKvOibADaL7fVhVSSVQgxrO8k08P0O07O79', 'pi_3GftsGLrTacSTIvCpuz0JRvrW', 'ch_36PMeEa83NpUlmT9DJQrSrSqV', '2026-11-24 12:00:07.783134+00', '2026-11-24 12:00:07.838885+00', '2026-11-24 12:00:07.948444+00', NULL);
INSERT INTO public."order" VALUES (3, 'k1DNqxjAAokCNF3Id1p8R14a1yN5WE6lRsEwanatd3g', 'ZHJ3T307', 'pending', 1, NULL, '2c8575a38f53d088f3d46b0c656e9fa609bb471d3f8c8554e91e726d0b41e9f0', 'cleo@example.com', 'en', 'EUR', 4900, 0, 0, 0, 0, 4900, NULL, NULL, NULL, NULL, NULL, '2026-11-24 12:00:08.148088+00', '2026-11-24 12:00:08.164438+00', NULL, NULL);
INSERT INTO public."order" VALUES (6, 'BukgKAsYDPBKagzCf-MKnQsate6MlO9kzPinLS0jcZw', 'K4ZRTV61', 'pending', 1, NULL, '7abf3ecf8cd15db3337f1aa390a8ddd7f6627bada56a05d57b3fa869dc092f63', 'ben@example.com', 'en', 'EUR', 1234, 0, 0, 0, 0, 1234, NULL, NULL, NULL, NULL, NULL, '2026-11-24 12:00:08.429553+00', '2026-11-24 12:00:08.46283+00', NULL, NULL);
INSERT INTO public."order" VALUES (7, 'T7AHLNvYAYgOJ6vPctElgTzJpAh0o1MSODa_0CJprKQ', NULL, 'cart', 1, 1, NULL, 'ada@example.com', 'en', 'EUR', 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '2026-11-24 12:00:09.635105+00', NULL, NULL, NULL);
INSERT INTO public.outbox VALUES (1, 'order:807XDYD4:paid', 'paid', 'ada@example.com', 'en', '{"order": "807XDYD4"}', '2026-11-24 12:00:07.634249+00', '2026-11-24 12:00:07.634249+00', 0, NULL, NULL, NULL);
INSERT INTO public.outbox VALUES (2, 'order:H1VWG03K:paid', 'paid', 'ada@example.com', 'en', '{"order": "H1VWG03K"}', '2026-11-24 12:00:07.957371+00', '2026-11-24 12:00:07.957371+00', 0, NULL, NULL, NULL);
INSERT INTO public.outbox VALUES (3, 'refund:ewz9OzaHjjMVBk8mXRKD7g_9Ipk5xoWgsaZSuUdgwrA', 'refunded', 'ada@example.com', 'en', '{"why": "a chip in the rim", "order": "H1VWG03K", "amount": 500, "refund": "ewz9OzaHjjMVBk8mXRKD7g_9Ipk5xoWgsaZSuUdgwrA", "currency": "EUR"}', '2026-11-24 12:00:08.052381+00', '2026-11-24 12:00:08.052381+00', 0, NULL, NULL, NULL);
INSERT INTO public.payment VALUES (1, 1, 1, 'cs_test_a1MlylN3rbsZ9CdYWAFAu9uhcXQNDbGeWUHv003GeuhFazLD96GwPiBjzpdI', 'pi_3YG9eSW7eNuG2DtQ5tDkgZo7o', 'ch_3Kggtuc593ESWDn4MPqwNcFRq', 4467, 'EUR', '2026-11-24 12:00:07.626291+00', NULL);
INSERT INTO public.payment VALUES (4, 2, 2, 'cs_test_a19899u9cIEa5J8MMUmiIGajeUKvOibADaL7fVhVSSVQgxrO8k08P0O07O79', 'pi_3GftsGLrTacSTIvCpuz0JRvrW', 'ch_36PMeEa83NpUlmT9DJQrSrSqV', 1999, 'EUR', '2026-11-24 12:00:07.940509+00', NULL);
INSERT INTO public.product VALUES (1, 'mug', 'Mug', '', 'A good mug.', NULL, 'Kind', '', '', false, 1, '2026-11-24 12:00:07.022096+00', NULL);
INSERT INTO public.product VALUES (2, 'bowl', 'Bowl', '', 'A good bowl.', NULL, '', '', '', false, 2, '2026-11-24 12:00:07.026242+00', NULL);
INSERT INTO public.product VALUES (3, 'kettle', 'Kettle', '', 'A good kettle.', NULL, '', '', '', false, 3, '2026-11-24 12:00:07.027085+00', NULL);
INSERT INTO public.refund VALUES (1, 'ewz9OzaHjjMVBk8mXRKD7g_9Ipk5xoWgsaZSuUdgwrA', 4, 're_3R1TbvpTamqwFPLwnOXsirUgX', 'EUnQ9gTiqOvsJrUNOf9EWqV4KU6PKQ2CWClypdgQQFs', 500, 'EUR', 'succeeded', 'staff:merchant@example.com', 'a chip in the rim', '2026-11-24 12:00:08.034486+00', '2026-11-24 12:00:08.136669+00');
INSERT INTO public.sign_in VALUES (1, '032cde6ab863bb28c2ac8f311754f13806c2b792d9629c54a37c4c3625e74cbd', 1, '2026-11-24 12:00:07.146928+00', '2026-12-24 12:00:07.146928+00');
INSERT INTO public.stripe_event VALUES ('evt_1D10tRXnEfuhU0pDsCqflwXme', 'charge.succeeded', NULL, 'pi_3YG9eSW7eNuG2DtQ5tDkgZo7o', 'ch_3Kggtuc593ESWDn4MPqwNcFRq', 'JH7KXg5b46mHIyURANKKpeJgxB04kLSNxgEHVgzeru0', 'dd4ec7004fcb1ed62971e6f8d81b88f0', '2026-11-24 12:00:07.575165+00', 0, '2026-11-24 12:00:12.575165+00', NULL, 'not ours', '2026-11-24 12:00:07.587425+00', NULL);
INSERT INTO public.stripe_event VALUES ('evt_1t1NBY0bFYRqbuBaNkib2DfYD', 'payment_intent.created', NULL, 'pi_3YG9eSW7eNuG2DtQ5tDkgZo7o', NULL, 'JH7KXg5b46mHIyURANKKpeJgxB04kLSNxgEHVgzeru0', 'dd4ec7004fcb1ed62971e6f8d81b88f0', '2026-11-24 12:00:07.56053+00', 0, '2026-11-24 12:00:12.56053+00', NULL, 'not ours', '2026-11-24 12:00:07.594528+00', NULL);
INSERT INTO public.stripe_event VALUES ('evt_1vIjAA4vzMyHXO71og96owPw4', 'checkout.session.completed', 'cs_test_a1MlylN3rbsZ9CdYWAFAu9uhcXQNDbGeWUHv003GeuhFazLD96GwPiBjzpdI', 'pi_3YG9eSW7eNuG2DtQ5tDkgZo7o', NULL, 'JH7KXg5b46mHIyURANKKpeJgxB04kLSNxgEHVgzeru0', 'dd4ec7004fcb1ed62971e6f8d81b88f0', '2026-11-24 12:00:07.579772+00', 0, '2026-11-24 12:00:12.579772+00', NULL, 'paid', '2026-11-24 12:00:07.638839+00', NULL);
INSERT INTO public.stripe_event VALUES ('evt_1M8hROmluV3dZV1zcNCYj6Vsi', 'payment_intent.succeeded', NULL, 'pi_3YG9eSW7eNuG2DtQ5tDkgZo7o', 'ch_3Kggtuc593ESWDn4MPqwNcFRq', 'JH7KXg5b46mHIyURANKKpeJgxB04kLSNxgEHVgzeru0', 'dd4ec7004fcb1ed62971e6f8d81b88f0', '2026-11-24 12:00:07.576038+00', 0, '2026-11-24 12:00:12.576038+00', NULL, 'known', '2026-11-24 12:00:07.662895+00', NULL);
INSERT INTO public.stripe_event VALUES ('evt_1Mb4QZjqLLDyCx8qsMWdalVHP', 'charge.succeeded', NULL, 'pi_3GftsGLrTacSTIvCpuz0JRvrW', 'ch_36PMeEa83NpUlmT9DJQrSrSqV', 'fFzK8CsKOY5mboDw2sz45fwbLF5AKmFA75a8KadFgmE', 'dd4ec7004fcb1ed62971e6f8d81b88f0', '2026-11-24 12:00:07.905185+00', 0, '2026-11-24 12:00:12.905185+00', NULL, 'not ours', '2026-11-24 12:00:07.915904+00', NULL);
INSERT INTO public.stripe_event VALUES ('evt_1GhEiv9tjACFAbL0ZzsOXmEPs', 'payment_intent.created', NULL, 'pi_3GftsGLrTacSTIvCpuz0JRvrW', NULL, 'fFzK8CsKOY5mboDw2sz45fwbLF5AKmFA75a8KadFgmE', 'dd4ec7004fcb1ed62971e6f8d81b88f0', '2026-11-24 12:00:07.903564+00', 0, '2026-11-24 12:00:12.903564+00', NULL, 'not ours', '2026-11-24 12:00:07.912757+00', NULL);
INSERT INTO public.stripe_event VALUES ('evt_1dY8aSBdqKR8Y6KKkceAVAJfS', 'checkout.session.completed', 'cs_test_a19899u9cIEa5J8MMUmiIGajeUKvOibADaL7fVhVSSVQgxrO8k08P0O07O79', 'pi_3GftsGLrTacSTIvCpuz0JRvrW', NULL, 'fFzK8CsKOY5mboDw2sz45fwbLF5AKmFA75a8KadFgmE', 'dd4ec7004fcb1ed62971e6f8d81b88f0', '2026-11-24 12:00:07.912298+00', 0, '2026-11-24 12:00:12.912298+00', NULL, 'paid', '2026-11-24 12:00:07.961214+00', NULL);
INSERT INTO public.stripe_event VALUES ('evt_1ZAKykPMhbEVznfguSd1sCA4p', 'payment_intent.succeeded', NULL, 'pi_3GftsGLrTacSTIvCpuz0JRvrW', 'ch_36PMeEa83NpUlmT9DJQrSrSqV', 'fFzK8CsKOY5mboDw2sz45fwbLF5AKmFA75a8KadFgmE', 'dd4ec7004fcb1ed62971e6f8d81b88f0', '2026-11-24 12:00:07.909103+00', 0, '2026-11-24 12:00:12.909103+00', NULL, 'known', '2026-11-24 12:00:07.964316+00', NULL);
INSERT INTO public.stripe_event VALUES ('evt_1gDDMfHctmuAafG9AradByGEi', 'charge.updated', NULL, 'pi_3YG9eSW7eNuG2DtQ5tDkgZo7o', 'ch_3Kggtuc593ESWDn4MPqwNcFRq', 'JH7KXg5b46mHIyURANKKpeJgxB04kLSNxgEHVgzeru0', 'dd4ec7004fcb1ed62971e6f8d81b88f0', '2026-11-24 12:00:08.007291+00', 0, '2026-11-24 12:00:13.007291+00', NULL, 'not ours', '2026-11-24 12:00:08.015325+00', NULL);
INSERT INTO public.stripe_event VALUES ('evt_1ktbl0JuOxKlDkJvO6Yh7jzJA', 'charge.updated', NULL, 'pi_3GftsGLrTacSTIvCpuz0JRvrW', 'ch_36PMeEa83NpUlmT9DJQrSrSqV', 'fFzK8CsKOY5mboDw2sz45fwbLF5AKmFA75a8KadFgmE', 'dd4ec7004fcb1ed62971e6f8d81b88f0', '2026-11-24 12:00:08.01305+00', 0, '2026-11-24 12:00:13.01305+00', NULL, 'not ours', '2026-11-24 12:00:08.016815+00', NULL);
INSERT INTO public.stripe_event VALUES ('evt_1JGlUTXdYsAo7MIbVc0scGOab', 'refund.created', NULL, 'pi_3GftsGLrTacSTIvCpuz0JRvrW', 'ch_36PMeEa83NpUlmT9DJQrSrSqV', NULL, NULL, '2026-11-24 12:00:08.051152+00', 0, '2026-11-24 12:00:13.051152+00', NULL, 'known', '2026-11-24 12:00:08.130181+00', NULL);
INSERT INTO public.stripe_event VALUES ('evt_1mmT2wxrMb7VS6zzqZsEeoA4b', 'charge.refunded', NULL, 'pi_3GftsGLrTacSTIvCpuz0JRvrW', 'ch_36PMeEa83NpUlmT9DJQrSrSqV', 'fFzK8CsKOY5mboDw2sz45fwbLF5AKmFA75a8KadFgmE', 'dd4ec7004fcb1ed62971e6f8d81b88f0', '2026-11-24 12:00:08.053754+00', 0, '2026-11-24 12:00:13.053754+00', NULL, 'known', '2026-11-24 12:00:08.145987+00', NULL);
INSERT INTO public.stripe_event VALUES ('evt_1V3EkXXuklLvSRxn3VMui2mZd', 'payment_intent.created', NULL, 'pi_3HH9OC3beXOn2nIR1f90XF1Tt', NULL, 'x4Nvr0Vz3CxmERB1IWWGUpiRPbZBknkDEKIdAcMWLI4', 'dd4ec7004fcb1ed62971e6f8d81b88f0', '2026-11-24 12:00:08.241388+00', 0, '2026-11-24 12:00:13.241388+00', NULL, 'not ours', '2026-11-24 12:00:08.246767+00', NULL);
INSERT INTO public.stripe_event VALUES ('evt_1KEi9wqasrtdLO9qjaDNZCi69', 'charge.pending', NULL, 'pi_3HH9OC3beXOn2nIR1f90XF1Tt', 'py_3JGyZ0SE8iSyNDGBZnmHq0IbH', 'x4Nvr0Vz3CxmERB1IWWGUpiRPbZBknkDEKIdAcMWLI4', 'dd4ec7004fcb1ed62971e6f8d81b88f0', '2026-11-24 12:00:08.242881+00', 0, '2026-11-24 12:00:13.242881+00', NULL, 'not ours', '2026-11-24 12:00:08.250489+00', NULL);
INSERT INTO public.stripe_event VALUES ('evt_1Rg0OFq0DWT8ViV1zfRnXwVwp', 'checkout.session.completed', 'cs_test_a1wQcDxL3xgnYqTJkIiBp2Al9URfAXSb85wnp7MO6RqnAXa48L88DekZ6PCi', 'pi_3HH9OC3beXOn2nIR1f90XF1Tt', NULL, 'x4Nvr0Vz3CxmERB1IWWGUpiRPbZBknkDEKIdAcMWLI4', 'dd4ec7004fcb1ed62971e6f8d81b88f0', '2026-11-24 12:00:08.247963+00', 0, '2026-11-24 12:00:13.247963+00', NULL, 'processing', '2026-11-24 12:00:08.302409+00', NULL);
INSERT INTO public.stripe_event VALUES ('evt_1ulNyM0gKBurCoHnNELpWQMJ4', 'payment_intent.processing', NULL, 'pi_3HH9OC3beXOn2nIR1f90XF1Tt', 'py_3JGyZ0SE8iSyNDGBZnmHq0IbH', 'x4Nvr0Vz3CxmERB1IWWGUpiRPbZBknkDEKIdAcMWLI4', 'dd4ec7004fcb1ed62971e6f8d81b88f0', '2026-11-24 12:00:08.244364+00', 0, '2026-11-24 12:00:13.244364+00', NULL, 'processing', '2026-11-24 12:00:08.304264+00', NULL);
INSERT INTO public.stripe_event VALUES ('evt_1MuChASeJlZ9XyZtsfoZzrf6V', 'checkout.session.expired', 'cs_test_a1Na2gBIfVAoBnq4sZ8nkrl9FQZiuuJGM4PzAH4QHfZuziyVnw86cQdGeGvC', NULL, NULL, 'H65MS5JfPJ_oBzGpdhlIHnKLKnsKyQFFs8KaVEQXw0A', 'dd4ec7004fcb1ed62971e6f8d81b88f0', '2026-11-24 12:00:08.383732+00', 0, '2026-11-24 12:00:13.383732+00', NULL, 'expired', '2026-11-24 12:00:08.403118+00', NULL);
INSERT INTO public.variant VALUES (2, 1, 'MUG-MOSS', 'Moss', '', '', 1234, 'EUR', 4, 0, 1, NULL);
INSERT INTO public.variant VALUES (4, 3, 'KETTLE', '', '', '', 4900, 'EUR', 3, 1, 0, NULL);
INSERT INTO public.variant VALUES (3, 2, 'BOWL', '', '', '', 1999, 'EUR', 4, 0, 0, NULL);
INSERT INTO public.variant VALUES (1, 1, 'MUG-CLAY', 'Clay', '', '', 1234, 'EUR', 3, 2, 0, NULL);
SELECT pg_catalog.setval('public.attempt_id_seq', 6, true);
SELECT pg_catalog.setval('public.collection_id_seq', 1, false);
SELECT pg_catalog.setval('public.customer_id_seq', 1, true);
SELECT pg_catalog.setval('public.dispute_id_seq', 1, false);
SELECT pg_catalog.setval('public.line_id_seq', 8, true);
SELECT pg_catalog.setval('public.log_id_seq', 21, true);
SELECT pg_catalog.setval('public.migration_id_seq', 9, true);
SELECT pg_catalog.setval('public.order_id_seq', 7, true);
SELECT pg_catalog.setval('public.outbox_id_seq', 6, true);
SELECT pg_catalog.setval('public.payment_id_seq', 9, true);
SELECT pg_catalog.setval('public.picture_id_seq', 1, false);
SELECT pg_catalog.setval('public.product_id_seq', 3, true);
SELECT pg_catalog.setval('public.refund_id_seq', 1, true);
SELECT pg_catalog.setval('public.sign_in_id_seq', 1, true);
SELECT pg_catalog.setval('public.sign_in_tries_id_seq', 1, false);
SELECT pg_catalog.setval('public.variant_id_seq', 4, true);
ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT attempt_idempotency_key_key UNIQUE (idempotency_key);
ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT attempt_payment_intent_id_key UNIQUE (payment_intent_id);
ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT attempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT attempt_session_id_key UNIQUE (session_id);
ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT attempt_token_key UNIQUE (token);
ALTER TABLE ONLY public.collection
    ADD CONSTRAINT collection_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.collection
    ADD CONSTRAINT collection_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.customer
    ADD CONSTRAINT customer_email_key UNIQUE (email);
ALTER TABLE ONLY public.customer
    ADD CONSTRAINT customer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dispute
    ADD CONSTRAINT dispute_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dispute
    ADD CONSTRAINT dispute_stripe_dispute_id_key UNIQUE (stripe_dispute_id);
ALTER TABLE ONLY public.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.lease
    ADD CONSTRAINT lease_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.line
    ADD CONSTRAINT line_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.line
    ADD CONSTRAINT line_token_key UNIQUE (token);
ALTER TABLE ONLY public.line
    ADD CONSTRAINT line_variant_once_per_order UNIQUE ("order", variant);
ALTER TABLE ONLY public.log
    ADD CONSTRAINT log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public."order"
    ADD CONSTRAINT order_number_key UNIQUE (number);
ALTER TABLE ONLY public."order"
    ADD CONSTRAINT order_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public."order"
    ADD CONSTRAINT order_token_key UNIQUE (token);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_key_key UNIQUE (key);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_charge_id_key UNIQUE (charge_id);
ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_payment_intent_id_key UNIQUE (payment_intent_id);
ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.picture
    ADD CONSTRAINT picture_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.refund
    ADD CONSTRAINT refund_idempotency_key_key UNIQUE (idempotency_key);
ALTER TABLE ONLY public.refund
    ADD CONSTRAINT refund_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.refund
    ADD CONSTRAINT refund_stripe_refund_id_key UNIQUE (stripe_refund_id);
ALTER TABLE ONLY public.refund
    ADD CONSTRAINT refund_token_key UNIQUE (token);
ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT sign_in_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT sign_in_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sign_in_tries
    ADD CONSTRAINT sign_in_tries_key_key UNIQUE (key);
ALTER TABLE ONLY public.sign_in_tries
    ADD CONSTRAINT sign_in_tries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stripe_event
    ADD CONSTRAINT stripe_event_pkey PRIMARY KEY (event_id);
ALTER TABLE ONLY public.variant
    ADD CONSTRAINT variant_options_differ UNIQUE (product, option1, option2, option3);
ALTER TABLE ONLY public.variant
    ADD CONSTRAINT variant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.variant
    ADD CONSTRAINT variant_sku_key UNIQUE (sku);
CREATE UNIQUE INDEX attempt_one_live_per_order ON public.attempt USING btree ("order") WHERE ((state)::text = ANY ((ARRAY['creating'::character varying, 'open'::character varying, 'processing'::character varying])::text[]));
CREATE INDEX attempt_order ON public.attempt USING btree ("order");
CREATE INDEX attempt_state ON public.attempt USING btree (state);
CREATE INDEX dispute_payment ON public.dispute USING btree (payment);
CREATE INDEX line_order ON public.line USING btree ("order");
CREATE INDEX line_variant ON public.line USING btree (variant);
CREATE INDEX log_order ON public.log USING btree ("order");
CREATE INDEX order_customer ON public."order" USING btree (customer);
CREATE INDEX order_guest_key ON public."order" USING btree (guest_key);
CREATE UNIQUE INDEX order_one_cart_per_customer ON public."order" USING btree (customer) WHERE (((status)::text = 'cart'::text) AND (customer IS NOT NULL));
CREATE UNIQUE INDEX order_one_cart_per_guest ON public."order" USING btree (guest_key) WHERE (((status)::text = 'cart'::text) AND (guest_key IS NOT NULL));
CREATE INDEX order_status ON public."order" USING btree (status);
CREATE INDEX outbox_send_after ON public.outbox USING btree (send_after);
CREATE INDEX payment_attempt ON public.payment USING btree (attempt);
CREATE INDEX payment_order ON public.payment USING btree ("order");
CREATE INDEX payment_session_id ON public.payment USING btree (session_id);
CREATE INDEX picture_product ON public.picture USING btree (product);
CREATE INDEX picture_variant ON public.picture USING btree (variant);
CREATE INDEX product_collection ON public.product USING btree (collection);
CREATE INDEX refund_payment ON public.refund USING btree (payment);
CREATE INDEX refund_state ON public.refund USING btree (state);
CREATE INDEX sign_in_customer ON public.sign_in USING btree (customer);
CREATE INDEX sign_in_expires_at ON public.sign_in USING btree (expires_at);
CREATE INDEX sign_in_tries_until ON public.sign_in_tries USING btree (until);
CREATE INDEX stripe_event_try_after ON public.stripe_event USING btree (try_after);
CREATE INDEX variant_product ON public.variant USING btree (product);
ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT attempt_order_fkey FOREIGN KEY ("order") REFERENCES public."order"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.dispute
    ADD CONSTRAINT dispute_payment_fkey FOREIGN KEY (payment) REFERENCES public.payment(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.line
    ADD CONSTRAINT line_order_fkey FOREIGN KEY ("order") REFERENCES public."order"(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.line
    ADD CONSTRAINT line_variant_fkey FOREIGN KEY (variant) REFERENCES public.variant(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.log
    ADD CONSTRAINT log_order_fkey FOREIGN KEY ("order") REFERENCES public."order"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public."order"
    ADD CONSTRAINT order_customer_fkey FOREIGN KEY (customer) REFERENCES public.customer(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_attempt_fkey FOREIGN KEY (attempt) REFERENCES public.attempt(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_order_fkey FOREIGN KEY ("order") REFERENCES public."order"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.picture
    ADD CONSTRAINT picture_product_fkey FOREIGN KEY (product) REFERENCES public.product(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.picture
    ADD CONSTRAINT picture_variant_fkey FOREIGN KEY (variant) REFERENCES public.variant(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_collection_fkey FOREIGN KEY (collection) REFERENCES public.collection(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.refund
    ADD CONSTRAINT refund_payment_fkey FOREIGN KEY (payment) REFERENCES public.payment(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT sign_in_customer_fkey FOREIGN KEY (customer) REFERENCES public.customer(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.variant
    ADD CONSTRAINT variant_product_fkey FOREIGN KEY (product) REFERENCES public.product(id) ON UPDATE CASCADE ON DELETE RESTRICT;
