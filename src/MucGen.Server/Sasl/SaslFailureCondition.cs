namespace MucGen.Server.Sasl;

/// <summary>Why a login failed (RFC 6120 section 6.5).</summary>
internal enum SaslFailureCondition : byte
{
    Aborted,
    AccountDisabled,
    CredentialsExpired,
    EncryptionRequired,
    IncorrectEncoding,
    InvalidAuthzid,
    InvalidMechanism,
    MalformedRequest,
    MechanismTooWeak,
    NotAuthorized,
    TemporaryAuthFailure,
}

/// <summary>The wire names of SASL failures.</summary>
internal static class SaslFailureNames
{
    public static ReadOnlySpan<byte> ToUtf8(this SaslFailureCondition condition) => condition switch
    {
        SaslFailureCondition.Aborted => "aborted"u8,
        SaslFailureCondition.AccountDisabled => "account-disabled"u8,
        SaslFailureCondition.CredentialsExpired => "credentials-expired"u8,
        SaslFailureCondition.EncryptionRequired => "encryption-required"u8,
        SaslFailureCondition.IncorrectEncoding => "incorrect-encoding"u8,
        SaslFailureCondition.InvalidAuthzid => "invalid-authzid"u8,
        SaslFailureCondition.InvalidMechanism => "invalid-mechanism"u8,
        SaslFailureCondition.MalformedRequest => "malformed-request"u8,
        SaslFailureCondition.MechanismTooWeak => "mechanism-too-weak"u8,
        SaslFailureCondition.NotAuthorized => "not-authorized"u8,
        SaslFailureCondition.TemporaryAuthFailure => "temporary-auth-failure"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };
}
