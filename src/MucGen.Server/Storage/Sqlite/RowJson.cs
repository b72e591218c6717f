using System.Text.Json.Serialization;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>The JSON that sits inside columns.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class RowJson : JsonSerializerContext;
