using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for before it accepts init-only properties and records on .NET Standard 2.0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal static class IsExternalInit;
