using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MucGen.Xml;

namespace MucGen.Rooms.Journal;

/// <summary>
/// The JSON of events and snapshots, for whoever stores them. Names and shapes are the journal's format: what was written once must be
/// readable for ever, so members are added with a default and never renamed.
/// </summary>
public static class JournalJson
{
    /// <summary>How an event is written and read.</summary>
    public static JsonTypeInfo<RoomEvent> Event => RoomEventJson.Default.RoomEvent;

    /// <summary>How a snapshot is written and read.</summary>
    public static JsonTypeInfo<RoomSnapshot> Snapshot => RoomEventJson.Default.RoomSnapshot;
}

/// <summary>The same by source generation.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(JidConverter)])]
[JsonSerializable(typeof(RoomEvent))]
[JsonSerializable(typeof(RoomSnapshot))]
internal sealed partial class RoomEventJson : JsonSerializerContext;

/// <summary>Addresses as strings.</summary>
internal sealed class JidConverter : JsonConverter<Jid>
{
    /// <inheritdoc/>
    public override Jid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Jid.TryParse(reader.GetString(), out var jid, out var error)
            ? jid
            : throw new JsonException($"The journal holds an address that is none: {error}.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Jid value, JsonSerializerOptions options) => writer.WriteStringValue(value.Utf8);
}

/// <summary>Kept XML as a string, so that a journal can be read by people.</summary>
internal sealed class MarkupConverter : JsonConverter<Markup>
{
    /// <inheritdoc/>
    public override Markup Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var utf8 = new byte[reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length];
        var length = reader.CopyString(utf8);
        return new Markup(utf8[..length]);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Markup value, JsonSerializerOptions options) => writer.WriteStringValue(value.Utf8);
}
