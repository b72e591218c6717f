using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Sasl;

/// <summary>One run of one mechanism: the client's messages in, challenges and the outcome out. Used once.</summary>
internal abstract class SaslExchange
{
    /// <summary>Takes the client's next message, decoded from base64.</summary>
    public abstract ValueTask<SaslStep> NextAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}

/// <summary>What an exchange does.</summary>
internal enum SaslOutcome : byte
{
    Challenge,
    Success,
    Failure,
}

/// <summary>What follows from one message of the client.</summary>
/// <param name="Outcome">Whether the exchange goes on or has ended.</param>
/// <param name="Data">The challenge, or the data that goes with the success; empty when there is none.</param>
/// <param name="Account">Who has logged in; only with a success.</param>
/// <param name="Failure">Why not; only with a failure.</param>
internal readonly record struct SaslStep(SaslOutcome Outcome, ReadOnlyMemory<byte> Data, Jid? Account, SaslCondition Failure)
{
    public static SaslStep Challenge(ReadOnlyMemory<byte> data) => new(SaslOutcome.Challenge, data, null, default);

    public static SaslStep Success(Jid account, ReadOnlyMemory<byte> data = default) => new(SaslOutcome.Success, data, account, default);

    public static SaslStep Fail(SaslCondition condition) => new(SaslOutcome.Failure, default, null, condition);
}
